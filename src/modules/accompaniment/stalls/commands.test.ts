import { expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import type { Actor } from '#platform/actor.ts';
import { pauseCooperation } from '#modules/cooperations/stages/commands.server.ts';
import { testWorld } from '../../../../tests/world.ts';
import { noticeStalls } from './reactions.server.ts';

const { world, as, seenBy } = await testWorld();
const job: Actor = { is: 'system', name: 'notice-stalls' };
// Three months after « Avril enchanté » began: the town never answered, nothing was written, nobody meets.
const late = new Date('2027-02-10T04:20:00Z');
const told = (context: { db: Parameters<typeof noticeStalls>[0]['db'] }) =>
	context.db.selectFrom('notices').select(['personId', 'kind', 'text', 'path']).where('kind', '=', 'reminder').execute();

test('what stalls is told once, to who speaks for the cooperation, with one way out', async () => {
	await as(
		job,
		late
	)(async (context) => {
		expect(await noticeStalls(context, null)).toBeNull();
		const [notice, ...more] = await told(context);
		expect(more).toEqual([]);
		expect(notice).toMatchObject({ personId: world.actors.nadia.id, path: `${world.cooperation.path}/partenaires` });
		expect(notice!.text).toContain('Une issue');
		const kept = await context.db.selectFrom('stallNotices').select(['reason', 'toldTo']).orderBy('reason').execute();
		expect(kept.map(({ reason }) => reason)).toEqual(['beyond-usual', 'no-line', 'no-meeting', 'unanswered']);
		expect(new Set(kept.map(({ toldTo }) => toldTo))).toEqual(new Set([world.actors.nadia.id]));
		await noticeStalls({ ...context, now: new Date(late.getTime() + 86_400_000) }, null);
		expect(await told(context)).toHaveLength(1);
	});
});

test('without an address, who accompanies is told', async () => {
	await as(
		job,
		late
	)(async (context) => {
		const write = context.db as unknown as import('kysely').Kysely<import('#platform/database/tables.ts').DB>;
		await write.updateTable('persons').set({ email: null }).where('id', '=', world.actors.nadia.id).execute();
		await noticeStalls(context, null);
		expect((await told(context)).map(({ personId }) => personId)).toEqual([world.actors.claire.id]);
	});
});

test('at rest nothing is told; once the rest is over it is', async () => {
	await as(
		job,
		late
	)(async (context) => {
		await pauseCooperation({ ...seenBy(context, 'nadia') }, world.cooperation.id, {
			id: newId(),
			reason: 'La salle est en travaux.',
			until: '2027-03-01',
			actingFor: null
		});
		await noticeStalls(context, null);
		expect(await told(context)).toEqual([]);
		await noticeStalls({ ...context, now: new Date('2027-03-02T04:20:00Z') }, null);
		expect(await told(context)).toHaveLength(1);
	});
});

test('nobody but the job looks at every cooperation', async () => {
	await as(
		'claire',
		late
	)(async (context) => {
		expect(await noticeStalls(context, null)).toBeNull();
		expect(await told(context)).toEqual([]);
	});
});

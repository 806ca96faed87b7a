import { expect, test } from 'vitest';
import { NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Context } from '#platform/context.server.ts';
import { testWorld } from '../../../../tests/world.ts';
import { beginCooperation } from '../commands.server.ts';
import { findCooperationById } from '../queries.server.ts';
import { findStage } from '../stages/queries.server.ts';
import { tellOrigin } from './commands.server.ts';
import type { OriginSaid } from './forms.ts';
import { findOrigin, listPossibleParents } from './queries.server.ts';

const { world, as, seenBy } = await testWorld();
const id = world.cooperation.id;
const said = (over: Partial<OriginSaid> = {}): OriginSaid => ({
	id: newId(),
	shown: null,
	mode: null,
	reason: null,
	triggers: [],
	object: null,
	objectKind: null,
	parentId: null,
	actingFor: null,
	...over
});
const begin = (context: Context, what: string) =>
	beginCooperation(context, { id: newId(), what, withWhom: 'Radio Sorbier', actingFor: null });
const origin = async (context: Context, of = id) => findOrigin(context, await findCooperationById(context, of));

test('an origin is told; changing the mode of entry asks why and keeps what was', async () => {
	await as('nadia')(async (context) => {
		const first = said({ mode: 'event', triggers: ['near', 'better', 'near'], object: 'Une pièce', objectKind: 'show' });
		await tellOrigin(context, id, first);
		await tellOrigin(context, id, first);
		expect((await origin(context)).now).toMatchObject({ mode: 'event', triggers: ['near', 'better'], object: 'Une pièce' });
		expect((await findStage(context, id)).kind).toBe('show');
		const odile = { ...seenBy(context, 'odile'), now: new Date(context.now.getTime() + 1000) };
		await expect(tellOrigin(odile, id, said({ mode: 'habit' }))).rejects.toMatchObject({
			code: 'cooperations.origin-told-meanwhile'
		});
		await expect(tellOrigin(odile, id, said({ shown: first.id, mode: 'habit' }))).rejects.toMatchObject({
			code: 'cooperations.mode-why'
		});
		await tellOrigin(odile, id, said({ shown: first.id, mode: 'habit', reason: 'Le forum n’a rien donné.' }));
		const { now, changes } = await origin(context);
		expect(now?.mode).toBe('habit');
		expect(changes.map(({ before, reason }) => [before, reason])).toEqual([['event', 'Le forum n’a rien donné.']]);
		expect((await origin(seenBy(context, 'claire'))).changes[0]!.reason).toBeNull();
	});
});

test('a parent is one that one sees; no lineage closes; the child is shown on the parent', async () => {
	await as('nadia')(async (context) => {
		const middle = await begin(context, 'Un jardin. À plusieurs.');
		const last = await begin(context, 'Un journal. À plusieurs.');
		await tellOrigin(context, middle.id, said({ parentId: id }));
		await tellOrigin(context, last.id, said({ parentId: middle.id }));
		expect((await origin(context)).children.map(({ name }) => name)).toEqual(['Un jardin']);
		expect((await origin(context, last.id)).parent?.name).toBe('Un jardin');
		for (const parentId of [last.id, middle.id, id])
			await expect(tellOrigin(context, id, said({ parentId })), parentId).rejects.toMatchObject({
				code: 'cooperations.parent-circle'
			});
		const samir = seenBy(context, 'samir');
		const elsewhere = await begin(samir, 'Une radio. À plusieurs.');
		await expect(tellOrigin(context, id, said({ parentId: elsewhere.id }))).rejects.toMatchObject({
			code: 'cooperations.parent-unknown'
		});
		// Odile is no partner of the garden: she sees neither the child nor that there is one.
		expect((await origin(seenBy(context, 'odile'))).children).toEqual([]);
		const possible = await listPossibleParents(context, await findCooperationById(context, id));
		expect(possible.map(({ name }) => name)).toEqual(['Un jardin', 'Un journal']);
	});
});

test('whoever does not see the parent leaves it where it is', async () => {
	await as('nadia')(async (context) => {
		const garden = await begin(context, 'Un jardin. À plusieurs.');
		const first = said({ parentId: garden.id });
		await tellOrigin(context, id, first);
		const odile = { ...seenBy(context, 'odile'), now: new Date(context.now.getTime() + 1000) };
		expect((await origin(odile)).parent).toBeNull();
		await tellOrigin(odile, id, said({ shown: first.id, object: 'Une pièce' }));
		expect((await origin(context)).parent?.name).toBe('Un jardin');
	});
});

test('a stranger finds nothing', async () => {
	await as('bruno')(async (context) => {
		await expect(origin(context)).rejects.toThrow(NotFound);
		await expect(tellOrigin(context, id, said())).rejects.toThrow(NotFound);
		expect(await context.db.selectFrom('origins').select('id').execute()).toEqual([]);
	});
});

import { expect, test } from 'vitest';
import { allow, type Context } from '#platform/context.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { readFile, sweepFiles } from '#platform/files.server.ts';
import { stranger } from '#platform/actor.ts';
import { leaveCooperation } from '#modules/cooperations/commands/partners.server.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import type { Name } from '../../../seeds/world.ts';
import { jpeg, png } from '../../../tests/pictures.ts';
import { testWorld } from '../../../tests/world.ts';
import { hideFace, showFace } from './commands.server.ts';
import { portraitForm } from './forms.ts';
import { findMyPortrait, findPortrait, listFaces, listOwnPortraits, portraitsOf } from './queries.server.ts';

const { db, world, as, keep, seenBy } = await testWorld();
const everyone: Name[] = ['nadia', 'odile', 'samir', 'helene', 'bruno', 'claire', 'yann', 'agathe'];
const nadia = world.actors.nadia.id;
const taken = await jpeg({ width: 800, height: 600, secret: 'GPS 48.8566' });
const photo = (bytes: Uint8Array = taken) => new File([Buffer.from(bytes)], 'moi.jpg');
const show = (context: Context, bytes?: Uint8Array) => showFace(context, { photo: photo(bytes) });
const whoSees = async (context: Context) => {
	const seen: Name[] = [];
	for (const name of everyone) if ((await portraitsOf(seenBy(context, name), [nadia])).size) seen.push(name);
	return seen;
};

test('a face is seen by those one cooperates with and the house that accompanies them, and by no stranger', async () => {
	await as('nadia')(async (context) => {
		await show(context);
		expect(await whoSees(context)).toEqual(['nadia', 'odile', 'claire']);
		const { id } = (await findMyPortrait(context))!;
		expect(await findPortrait(seenBy(context, 'odile'), id)).toMatchObject({ mediaType: 'image/jpeg' });
		for (const name of ['samir', 'helene', 'bruno', 'yann', 'agathe'] as const)
			await expect(findPortrait(seenBy(context, name), id), name).rejects.toThrow(NotFound);
		await expect(findPortrait({ ...context, actor: stranger }, id)).rejects.toThrow(NotFound);
		await expect(findPortrait(context, 'moi')).rejects.toThrow(NotFound);
	});
});

test('where the photo was taken is not kept', async () => {
	await as('nadia')(async (context) => {
		await show(context);
		expect(Buffer.from(await readFile((await findMyPortrait(context))!.file!)).includes('GPS')).toBe(false);
	});
});

test('taken back, it is gone at once; the consent stays, dated', async () => {
	await as('nadia')(async (context) => {
		await show(context);
		const { id, file } = (await findMyPortrait(context))!;
		await hideFace(context);
		await expect(findPortrait(context, id)).rejects.toThrow(NotFound);
		expect(await whoSees(context)).toEqual([]);
		expect(await listOwnPortraits(context)).toMatchObject([{ photo: null, revokedAt: context.now }]);
		expect(await context.db.selectFrom('files').select('sha256').where('sha256', '=', file!).execute()).toEqual([]);
		await hideFace(context);
	});
});

test('the same picture given by two people stays for the other', async () => {
	await as('nadia')(async (context) => {
		const odile = seenBy(context, 'odile');
		await show(context);
		await show(odile);
		await hideFace(context);
		const { id, file } = (await findMyPortrait(odile))!;
		expect(await findPortrait(context, id)).toMatchObject({ file });
	});
});

test('a new photo replaces the old one', async () => {
	await as('nadia')(async (context) => {
		await show(context);
		const first = (await findMyPortrait(context))!;
		await show(context, await png());
		await expect(findPortrait(context, first.id)).rejects.toThrow(NotFound);
		expect((await findMyPortrait(context))!.id).not.toBe(first.id);
		expect(await listOwnPortraits(context)).toHaveLength(2);
	});
});

test('two sizes are kept, and a list asks for the small one', async () => {
	await as('nadia')(async (context) => {
		await show(context);
		const { id, file, small } = (await findMyPortrait(context))!;
		expect(await findPortrait(context, id)).toMatchObject({ file });
		expect(await findPortrait(context, id, 'small')).toMatchObject({ file: small });
		expect((await readFile(small!)).length).toBeLessThan((await readFile(file!)).length);
		expect((await portraitsOf(context, [nadia], 'small')).get(nadia)).toBe(`/portraits/${id}?taille=petite`);
		// What was kept before there were two sizes is shown in the one that there is.
		await allow(context, true).updateTable('portraits').set({ small: null }).where('id', '=', id).execute();
		expect(await findPortrait(context, id, 'small')).toMatchObject({ file });
	});
});

test('taken back, its bytes leave the disk at once, in both sizes', async () => {
	const [file, small] = await keep('nadia')(async (context) => {
		await show(context, await jpeg({ width: 300, height: 300, left: '#20d020' }));
		const portrait = (await findMyPortrait(context))!;
		return [portrait.file!, portrait.small!];
	});
	await keep('nadia')(hideFace);
	expect((await readFile(file)).length, 'until the sweep, that this wakes').toBeGreaterThan(0);
	await sweepFiles(db, new Date());
	for (const one of [file, small]) await expect(readFile(one)).rejects.toThrow('ENOENT');
});

test('what is no photo is refused in words', async () => {
	await as('nadia')(async (context) => {
		await expect(show(context, Buffer.from('%PDF-1.7 %%EOF'))).rejects.toMatchObject({
			code: 'files.not-a-picture',
			field: 'photo'
		});
		await expect(show({ ...context, actor: stranger })).rejects.toThrow(Forbidden);
	});
	expect(portraitForm.safeParse({ photo: photo() }).success, 'no photo without a consent').toBe(false);
});

test('who is who: every partner’s people, with the faces that they show to whoever looks', async () => {
	await as('nadia')(async (context) => {
		await show(context);
		const cooperation = await findCooperationById(context, world.cooperation.id);
		const faces = async (who: Name) =>
			(await listFaces(seenBy(context, who), cooperation)).flatMap(({ people }) =>
				people.map(({ name, photo: shown }) => [name, shown !== null])
			);
		expect(await faces('odile')).toEqual([
			['Nadia Benali', true],
			['Odile Marchand', false]
		]);
		expect(await faces('helene')).toEqual([
			['Nadia Benali', false],
			['Odile Marchand', false]
		]);
		// Whoever left no longer sees the others' faces.
		const { partners } = cooperation;
		const own = partners.find(({ organisationId }) => organisationId === world.structures.odile)!;
		await leaveCooperation(seenBy(context, 'odile'), cooperation.id, { partnerId: own.id, reason: 'Plus le temps.' });
		expect(await whoSees(context)).toEqual(['nadia', 'claire']);
	});
});

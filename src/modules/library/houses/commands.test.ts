import { expect, test } from 'vitest';
import { closeHouse } from '#modules/accompaniment/closing/commands.server.ts';
import { stranger } from '#platform/actor.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { testWorld } from '../../../../tests/world.ts';
import { endHouseText, writeHouseText } from './commands.server.ts';
import { findHouseText, listHouseTexts, listSharedTexts } from './queries.server.ts';

const { world, as, seenBy } = await testWorld();
const { claire: hubId } = world.structures;
const text = { kind: 'clause' as const, title: 'Qui répond du matériel', body: 'Chacun répond du sien.', adaptedFrom: null };

test('what a house adapts is for it and for those whom it accompanies; another house, a stranger, an administrator read none of it', () =>
	as('claire')(async (context) => {
		const [own, shared] = [newId(), newId()];
		await writeHouseText(context, hubId, { ...text, id: own, shared: false });
		await writeHouseText(context, hubId, { ...text, id: own, shared: false });
		await writeHouseText(context, hubId, { ...text, id: shared, title: 'Pour tous', shared: true });
		const read = async (name: Parameters<typeof seenBy>[1]) => (await listHouseTexts(seenBy(context, name), hubId)).length;
		// Partners of the cooperation that the house accompanies; Hélène was invited and has not answered.
		for (const name of ['claire', 'nadia', 'odile'] as const) expect(await read(name), name).toBe(2);
		for (const name of ['yann', 'samir', 'bruno', 'agathe', 'helene'] as const) expect(await read(name), name).toBe(1);
		expect(await listHouseTexts({ ...context, actor: stranger }, hubId)).toEqual([]);
		const yann = seenBy(context, 'yann');
		await expect(findHouseText(yann, own)).rejects.toThrow(NotFound);
		expect((await listSharedTexts(yann, { but: world.structures.yann })).map(({ title }) => title)).toEqual(['Pour tous']);
		const theirs = { ...text, id: newId(), shared: false };
		await expect(writeHouseText(yann, world.structures.yann, { ...theirs, adaptedFrom: own })).rejects.toThrow(NotFound);
		await writeHouseText(yann, world.structures.yann, { ...theirs, adaptedFrom: shared });
		await expect(writeHouseText(yann, hubId, { ...text, id: newId(), shared: false })).rejects.toThrow(Forbidden);
		await expect(endHouseText(seenBy(context, 'nadia'), hubId, { id: own })).rejects.toThrow(Forbidden);
		await expect(endHouseText(yann, world.structures.yann, { id: own })).rejects.toThrow(NotFound);
		await endHouseText(context, hubId, { id: shared });
		expect(await listHouseTexts(yann, world.structures.yann)).toHaveLength(1);
		expect(await read('samir')).toBe(0);
		await closeHouse(context, hubId, { to: null });
		expect(await read('nadia')).toBe(0);
	}));

import { expect, test } from 'vitest';
import { allow, type Context } from '#platform/context.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Name } from '../../../seeds/world.ts';
import { mergeOrganisations, separateOrganisations } from '#modules/identity/merging/commands.server.ts';
import { testWorld } from '../../../tests/world.ts';
import { addToDraw, drawNow, openDraw, remindPresenters, removeFromDraw } from './commands.server.ts';
import { againIn, againOut } from './forms.ts';
import { drawAgain } from './rules.ts';
import { interviewSheets } from './documents.server.ts';
import { checkDraw, findDraw, findOrganiser, listDraws, listPresentations } from './queries.server.ts';

const { world, as, seenBy } = await testWorld();
const { structures } = world;
const address = (name: Name) => world.actors[name].belongings[0]!.path.replace('/structures/', '');
const everyone = [structures.nadia, structures.odile, structures.samir, structures.bruno];

async function opened(context: Context, organisations = everyone) {
	const { path } = await openDraw(context, address('nadia'), {
		id: newId(),
		title: 'Petit déjeuner',
		heldOn: '2026-12-10',
		place: null
	});
	const code = path.slice(path.lastIndexOf('/') + 1);
	if (organisations.length) await addToDraw(context, code, { organisations });
	return code;
}
const mails = (context: Context) =>
	context.db.selectFrom('mails').select(['toEmail', 'subject']).where('kind', '=', 'draw').execute();

test('the digest is shown before, the seed after; the draw is made again from what is shown', async () => {
	await as('nadia')(async (context) => {
		const code = await opened(context);
		const before = await findDraw(context, code);
		expect(before).toMatchObject({ seed: null, pairs: [], digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
		expect(JSON.stringify(before)).not.toContain('"seed":"');
		expect(checkDraw(before)).toBeNull();
		expect(await drawNow(context, code)).toEqual({ mutual: 0, repeated: 0 });
		const after = await findDraw(seenBy(context, 'samir'), code);
		expect(after.digest).toBe(before.digest);
		expect(after.pairs).toHaveLength(4);
		expect(after.pairs[0]).toMatchObject({ mine: true, presenter: { name: 'Radio Sorbier' } });
		expect(checkDraw(after)).toMatchObject({ digest: true, same: true });
		const check = checkDraw(after)!;
		const address = againOut({ ...check, digest: after.digest, seed: after.seed! })!;
		const again = drawAgain(againIn(new URL(address, 'https://example.org')));
		expect(again.digest).toBe(true);
		expect(new Map(again.pairs)).toEqual(
			new Map(after.pairs.map(({ presenter, presented }) => [presenter.code, presented.code]))
		);
		const forged = againIn(new URL(address.replace(/graine=./, 'graine=z'), 'https://example.org'));
		expect(drawAgain(forged).digest).toBe(false);
		expect(await mails(context)).toHaveLength(4);
		expect(Buffer.from((await interviewSheets(context, after)).subarray(0, 5)).toString()).toBe('%PDF-');
		expect(await listPresentations(seenBy(context, 'samir'), structures.samir, after.pairs[0]!.presented.id)).toMatchObject([
			{ what: 'presents', text: 'Petit déjeuner' }
		]);
	});
});

test('drawn once: neither the list nor the draw changes any more', async () => {
	await as('nadia')(async (context) => {
		const code = await opened(context);
		await drawNow(context, code);
		for (const again of [
			() => drawNow(context, code),
			() => addToDraw(context, code, { organisations: [structures.helene] }),
			() => removeFromDraw(context, code, { organisation: structures.odile })
		])
			await expect(again()).rejects.toMatchObject({ code: 'draws.already-drawn' });
	});
});

test('at the next event nobody meets the same again, and each draw can still be checked', async () => {
	await as('nadia')(async (context) => {
		const many = [...everyone, structures.helene, structures.claire, structures.yann];
		const first = await opened(context, many);
		await drawNow(context, first);
		const later = { ...context, now: new Date(context.now.getTime() + 86_400_000) };
		const second = await opened(later, many);
		expect(await drawNow(later, second)).toEqual({ mutual: 0, repeated: 0 });
		for (const code of [first, second])
			expect(checkDraw(await findDraw(context, code))).toMatchObject({ digest: true, same: true });
	});
});

test('two present each other; one alone waits', async () => {
	await as('nadia')(async (context) => {
		const code = await opened(context, [structures.odile]);
		await expect(drawNow(context, code)).rejects.toMatchObject({ code: 'draws.too-few' });
		await addToDraw(context, code, { organisations: [structures.samir] });
		expect(await drawNow(context, code)).toEqual({ mutual: 1, repeated: 0 });
		await expect(addToDraw(context, await opened(context, []), { organisations: [] })).rejects.toMatchObject({
			code: 'draws.nobody-added'
		});
	});
});

test('those who present are reminded once, in the week before', async () => {
	await as('nadia')(async (context) => {
		await drawNow(context, await opened(context));
		const on = (day: string): Context => ({ ...context, now: new Date(day), actor: { is: 'system', name: 'test' } });
		expect(await remindPresenters(on('2026-12-01T08:00:00Z'))).toBe(0);
		expect(await remindPresenters(on('2026-12-04T08:00:00Z'))).toBe(1);
		expect(await remindPresenters(on('2026-12-05T08:00:00Z'))).toBe(0);
		expect(await mails(context)).toHaveLength(8);
	});
});

test('a stranger sees no draw; who is on the list sees it, and does not lead it', async () => {
	await as('nadia')(async (context) => {
		const code = await opened(context, [structures.odile, structures.samir]);
		for (const name of ['bruno', 'helene', 'claire', 'yann', 'agathe'] as const) {
			const other = seenBy(context, name);
			await expect(findDraw(other, code), name).rejects.toThrow(NotFound);
			await expect(findOrganiser(other, address('nadia')), name).rejects.toThrow(NotFound);
			expect((await listDraws(other, structures.nadia, { page: 1 })).draws, name).toEqual([]);
		}
		const odile = seenBy(context, 'odile');
		expect((await findDraw(odile, code)).mine).toBe(false);
		await expect(drawNow(odile, code)).rejects.toThrow(Forbidden);
		await expect(addToDraw(odile, code, { organisations: [structures.bruno] })).rejects.toThrow(Forbidden);
	});
});

test('a day that is past is refused; sent twice, opened once', async () => {
	await as('nadia')(async (context) => {
		const input = { id: newId(), title: 'Rentrée', heldOn: '2026-12-10', place: null };
		const first = await openDraw(context, address('nadia'), input);
		expect(await openDraw(context, address('nadia'), input)).toEqual(first);
		await expect(openDraw(seenBy(context, 'odile'), address('odile'), input)).rejects.toMatchObject({ code: 'forms.id-unreal' });
		await expect(openDraw(context, address('nadia'), { ...input, id: newId(), heldOn: '2020-01-01' })).rejects.toMatchObject({
			field: 'heldOn'
		});
	});
});

test('two that become one are drawn once; afterwards, what was drawn is still made again from what is shown', async () => {
	await as('nadia')(async (context) => {
		const merge = () =>
			mergeOrganisations(seenBy(context, 'agathe'), {
				keptId: structures.bruno,
				absorbedId: structures.samir,
				reason: 'C’est la même.',
				agreed: true
			});
		const published = async (code: string) => {
			const draw = await findDraw(context, code);
			const check = checkDraw(draw)!;
			const address = againOut({ ...check, digest: draw.digest, seed: draw.seed! })!;
			const again = new Map(drawAgain(againIn(new URL(address, 'https://example.org'))).pairs);
			return check.digest && check.same && draw.pairs.every((one) => again.get(one.presenter.code) === one.presented.code);
		};
		const many = [...everyone, structures.helene, structures.claire, structures.yann];
		const first = await opened(context, many);
		await drawNow(context, first);
		const later = { ...context, now: new Date(context.now.getTime() + 86_400_000) };
		const second = await opened(later, many);
		await drawNow(later, second);
		const third = await opened(later, many);
		const { id } = await merge();
		expect([await published(first), await published(second)]).toEqual([true, true]);
		await drawNow({ ...later, now: new Date(later.now.getTime() + 86_400_000) }, third);
		const drawn = await findDraw(context, third);
		expect(drawn.pairs).toHaveLength(many.length - 1);
		expect(drawn.pairs.every(({ presenter, presented }) => presenter.path !== presented.path)).toBe(true);
		await separateOrganisations(seenBy(context, 'agathe'), { mergeId: id });
		expect([await published(first), await published(second), await published(third)]).toEqual([true, true, true]);
	});
});

test('nobody on a list was asked: no address of a person is given, only what the organisation says of itself', async () => {
	await as('nadia')(async (context) => {
		const write = allow(context, true);
		await write.updateTable('organisations').set({ phone: '01 00 00 00 09' }).where('id', '=', structures.odile).execute();
		await drawNow(context, await opened(context, [structures.odile, structures.yann]));
		const written = await context.db
			.selectFrom('mails')
			.select(['toEmail', 'replyTo', 'text'])
			.where('kind', '=', 'draw')
			.orderBy('toEmail')
			.execute();
		expect(written.map(({ toEmail }) => toEmail)).toEqual(['odile@example.org', 'yann@example.org']);
		const [toOdile, toYann] = written;
		expect(toOdile!.text).toContain('n’a pas dit comment la joindre. L’Atelier du Soleil fera le lien.');
		expect(toYann!.text).toContain('01 00 00 00 09');
		expect(written.map(({ text, replyTo }) => `${text} ${replyTo}`).join()).not.toContain('@example.org');
	});
});

test('an organisation draws five times a day at most', async () => {
	await as('nadia')(async (context) => {
		for (let i = 0; i < 5; i++) await drawNow(context, await opened(context));
		const sixth = await opened(context);
		await expect(drawNow(context, sixth)).rejects.toMatchObject({ code: 'draws.too-many-today' });
		await drawNow({ ...context, now: new Date(context.now.getTime() + 2 * 86_400_000) }, sixth);
	});
});

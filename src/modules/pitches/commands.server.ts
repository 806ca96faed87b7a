import { personOf } from '#platform/actor.ts';
import { beyondName, chosenAmong } from '#modules/cooperations/rules.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import type { WrittenPitch } from './forms.ts';
import { hereOrInvitedFor } from '#modules/cooperations/policy.ts';
import { findMaterial, findPitch, visiblePitches, type Content } from './queries.server.ts';
import { argumentsFor, holdsOnOnePage } from './rules.ts';

/** Makes a page for one addressee, of what the organisation may show outside. What it says is kept as it is that day. */
export async function makePitch(context: Context, cooperationId: string, input: WrittenPitch): Promise<{ path: string }> {
	const { actor, now } = context;
	const cooperation = await findCooperationById(context, cooperationId);
	const mine = hereOrInvitedFor(actor, cooperation);
	const write = allow(context, mine.length > 0);
	const own = chosenAmong(cooperation.partners, mine, input.actingFor);
	if (input.redoes) await findPitch(context, cooperation.id, input.redoes);
	const material = await findMaterial(context, cooperation, own.id);
	const chosen = (roots: readonly string[], offered: typeof material.asked, field: string) => {
		const those = offered.filter(({ root }) => roots.includes(root));
		if (those.length !== new Set(roots).size) throw new Refused('pitches.not-showable', {}, field);
		if (those.some(({ fits }) => !fits)) throw new Refused('pitches.line-too-long', {}, field);
		return those;
	};
	const page = {
		opening: input.opening,
		gains: argumentsFor(input.kind).filter(({ id }) => input.gains.includes(id)),
		asked: chosen(input.asked, material.asked, 'asked'),
		proven: chosen(input.proven, material.proven, 'proven')
	};
	holdsOnOnePage(page);
	const content: Content = {
		partners: material.partners,
		facts: material.facts,
		sentence: beyondName(cooperation),
		gains: page.gains.map(({ text }) => text),
		asked: page.asked.map(({ text }) => text),
		proven: [...(input.sessions && material.sessions ? [material.sessions] : []), ...page.proven.map(({ text }) => text)]
	};
	const path = `${cooperation.path}/convaincre/${input.id}`;
	const made = await write
		.insertInto('pitches')
		.values({
			id: input.id,
			cooperationId: cooperation.id,
			madeFor: own.id,
			addresseeKind: input.kind,
			addressee: input.addressee,
			opening: input.opening,
			gains: page.gains.map(({ id }) => id),
			asked: page.asked.map(({ root }) => root),
			proven: page.proven.map(({ root }) => root),
			content: JSON.stringify(content),
			redoes: input.redoes,
			madeAt: now,
			madeBy: personOf(actor)
		})
		.onConflict((conflict) => conflict.column('id').doNothing())
		.executeTakeFirst();
	if (made.numInsertedOrUpdatedRows === 0n) {
		await findPitch(context, cooperation.id, input.id);
		return { path };
	}
	await tell(write, context, {
		chain: { organisation: own.id },
		verb: 'pitch-made',
		ids: { pitch: input.id, organisation: own.id },
		says: { addressee: input.addressee, cooperation: cooperation.name }
	});
	return { path };
}

/** Says the first sentence of a page in other words. What a colleague wrote in between is shown; nothing is lost. */
export async function rewordOpening(
	context: Context,
	cooperationId: string,
	id: string,
	{ opening, read }: { opening: string; read: string }
): Promise<void> {
	const cooperation = await findCooperationById(context, cooperationId);
	const pitch = await findPitch(context, cooperation.id, id);
	const write = allow(context, hereOrInvitedFor(context.actor, cooperation).includes(pitch.madeFor));
	if (opening === pitch.opening) return;
	holdsOnOnePage({ opening, gains: [{ id: '', text: '' }], asked: [], proven: [] });
	const plain = (text: string) => text.replace(/\r\n?/g, '\n').trim();
	if (plain(read) !== plain(pitch.opening)) throw new Refused('pitches.opening-changed', { theirs: pitch.opening }, 'opening');
	const changed = await write
		.updateTable('pitches')
		.set({ opening })
		.where('id', 'in', visiblePitches(context).select('p.id').where('p.id', '=', pitch.id))
		.where('opening', '=', pitch.opening)
		.executeTakeFirst();
	if (changed.numUpdatedRows === 0n) throw new Refused('pitches.opening-changed', { theirs: pitch.opening }, 'opening');
	await tell(write, context, {
		chain: { organisation: pitch.madeFor },
		verb: 'pitch-reworded',
		ids: { pitch: pitch.id, organisation: pitch.madeFor },
		says: { addressee: pitch.addressee }
	});
}

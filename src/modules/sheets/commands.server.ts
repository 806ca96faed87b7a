import { m } from '#words';
import { tell } from '#modules/journal/commands.server.ts';
import { personOf } from '#platform/actor.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { mayForget, mayKeepSheets } from './policy.ts';
import { findKeeper, findSheet } from './queries.server.ts';
import { without } from './rules.ts';

/** Between whom: the keeper and the other, by the addresses of the page. */
export type Between = { organisation: string; partner: string };

async function between(context: Context, { organisation, partner }: Between) {
	const keeper = await findKeeper(context, organisation);
	const write = allow(context, mayKeepSheets(context.actor, keeper.id));
	const { about, kept } = await findSheet(context, keeper, partner);
	return { write, keeper, about, kept };
}

/** Opens the sheet, or takes it up again; says so in the journal of the organisation that keeps it. */
async function open(write: Writer, context: Context, ids: { keeper: string; about: { id: string; name: string } }) {
	const { now, actor } = context;
	await write
		.insertInto('partnerSheets')
		.values({ organisationId: ids.keeper, aboutId: ids.about.id, openedAt: now, openedBy: personOf(actor) })
		.onConflict((conflict) => conflict.columns(['organisationId', 'aboutId']).doUpdateSet({ closedAt: null }))
		.execute();
	await tell(write, context, {
		chain: { organisation: ids.keeper },
		verb: 'sheet-opened',
		ids: { about: ids.about.id },
		says: { name: ids.about.name }
	});
}

/** Keeps another organisation among one's partners. */
export async function keepPartner(context: Context, where: Between): Promise<void> {
	const { write, keeper, about, kept } = await between(context, where);
	if (!kept) await open(write, context, { keeper: keeper.id, about });
}

/** Takes it off the list. What was noted stays, and shows again if it is kept anew. */
export async function letPartnerGo(context: Context, where: Between): Promise<void> {
	const { write, keeper, about, kept } = await between(context, where);
	if (!kept) return;
	await write
		.updateTable('partnerSheets')
		.set({ closedAt: context.now })
		.where('organisationId', '=', keeper.id)
		.where('aboutId', '=', about.id)
		.execute();
	await tell(write, context, {
		chain: { organisation: keeper.id },
		verb: 'sheet-closed',
		ids: { about: about.id },
		says: { name: about.name }
	});
}

/** Notes something about a partner, for one's own organisation. */
export async function keepNote(context: Context, where: Between, note: { id: string; text: string }): Promise<void> {
	const { write, keeper, about, kept } = await between(context, where);
	const there = await write
		.selectFrom('partnerNotes')
		.select(['organisationId', 'aboutId', 'text'])
		.where('id', '=', note.id)
		.executeTakeFirst();
	if (there) {
		if (there.organisationId === keeper.id && there.aboutId === about.id && there.text === note.text) return;
		throw new Refused('forms.id-unreal');
	}
	if (!kept) await open(write, context, { keeper: keeper.id, about });
	await write
		.insertInto('partnerNotes')
		.values({
			id: note.id,
			text: note.text,
			organisationId: keeper.id,
			aboutId: about.id,
			writtenAt: context.now,
			writtenBy: personOf(context.actor)
		})
		.execute();
}

/** Takes a note away: its words are gone, that there was one stays. */
export async function removeNote(context: Context, where: Between, { id }: { id: string }): Promise<void> {
	const { write, keeper, about } = await between(context, where);
	const { numUpdatedRows } = await write
		.updateTable('partnerNotes')
		.set((eb) => ({
			text: '',
			removedAt: eb.fn.coalesce('removedAt', eb.val(context.now)),
			removedBy: eb.fn.coalesce('removedBy', eb.val(personOf(context.actor)))
		}))
		.where('id', '=', id)
		.where('organisationId', '=', keeper.id)
		.where('aboutId', '=', about.id)
		.executeTakeFirst();
	if (!numUpdatedRows) throw new NotFound();
}

/** Says how one reaches this partner best. */
export async function chooseChannel(context: Context, where: Between, { channel }: { channel: string | null }): Promise<void> {
	const { write, keeper, about, kept } = await between(context, where);
	if (!kept) await open(write, context, { keeper: keeper.id, about });
	await write
		.updateTable('partnerSheets')
		.set({ channel })
		.where('organisationId', '=', keeper.id)
		.where('aboutId', '=', about.id)
		.execute();
}

/** Takes one's name out of every note that holds it, whoever keeps it: for somebody who erases themselves. */
export async function eraseMyNameFromNotes(context: Context): Promise<void> {
	const { actor } = context;
	const write = allow(context, mayForget(actor));
	if (!mayForget(actor)) return;
	const named = await write
		.selectFrom('partnerNotes')
		.select(['id', 'text'])
		.where(
			'text',
			'ilike',
			`%${actor.name
				.trim()
				.split(/\s+/)
				.map((word) => word.replace(/[%_\\]/g, '\\$&'))
				.join('%')}%`
		)
		.execute();
	for (const { id, text } of named)
		await write
			.updateTable('partnerNotes')
			.set({ text: without(text, actor.name, m.people_erased_name()) })
			.where('id', '=', id)
			.execute();
}

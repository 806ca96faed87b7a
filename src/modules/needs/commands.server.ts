import { personOf, speaksFor } from '#platform/actor.ts';
import { today } from '#platform/clock.ts';
import { allow, type Context, type Reader, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { idFrom, newCode } from '#platform/ids.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { findLine } from '#modules/lines/queries.server.ts';
import { notify } from '#modules/notices/commands.server.ts';
import { placeFrom } from '#modules/organisations/commands.server.ts';
import { tellManagers } from '#modules/organisations/commands/telling.server.ts';
import { managersOf } from '#modules/organisations/queries/people.server.ts';
import { actingFor } from '#modules/organisations/policy.ts';
import { kilometresBetween } from '#modules/territories/queries/nearby.server.ts';
import { centresOf } from '#modules/territories/queries/places.server.ts';
import { searchCommunes } from '#modules/territories/queries.server.ts';
import { placeKey } from '#modules/territories/rules.ts';
import { m } from '#words';
import type { Changed, SaidForm } from './forms.ts';
import { mayLookAfter, maySayFor } from './policy.ts';
import { findNeed, hubFor, pathOf } from './queries.server.ts';
import { datesToCome, dueOf, holdsUntil, wholeOf, type Side } from './rules.ts';

type Place = { communeCode: string | null; communeName: string | null };
type Where = Place & { zone: string };

/** The commune that is written: of several that bear the name, the one nearest to the organisation. */
async function communeMeant(db: Reader, words: string, { communeCode: home }: Place): Promise<Place> {
	const same = searchCommunes(words, 20).filter(({ name }) => placeKey(name) === placeKey(words));
	if (same.length < 2 || home === null) return placeFrom(words);
	const centres = await centresOf(db);
	const away = ({ code }: { code: string }) => kilometresBetween(centres, home, code) ?? Infinity;
	const nearest = same.reduce((best, one) => (away(one) < away(best) ? one : best));
	return { communeCode: nearest.code, communeName: nearest.name };
}

/** What is kept of a form: a way for equipment only, a unit with a quantity only, the commune of the organisation when none is written. */
async function kept(db: Reader, input: Omit<Changed, 'read'>, organisation: Where, now: Date, before: Place | null = null) {
	const { duration, commune, ...said } = input;
	const whole = wholeOf({ ...said, lasting: duration === 'lasting' });
	const day = today(now, organisation.zone);
	datesToCome(whole, day);
	// what the form showed is not guessed again
	const { communeCode, communeName } = !commune
		? organisation
		: before && commune === before.communeName
			? before
			: await communeMeant(db, commune, organisation);
	if (whole.quantity !== null && Number(whole.quantity) === 0) throw new Refused('forms.number-unreal', {}, 'quantity');
	return {
		...whole,
		way: whole.kind === 'equipment' ? whole.way : null,
		unit: whole.quantity === null ? null : whole.unit,
		communeCode,
		communeName,
		holdsUntil: holdsUntil(whole, day)
	};
}

const whereOf = (write: Writer, id: string) =>
	write
		.selectFrom('organisations')
		.select(['name', 'communeCode', 'communeName', 'zone'])
		.where('id', '=', id)
		.executeTakeFirstOrThrow();

const outside = { cooperationId: null } as const;

/** An organisation whose hub speaks for it is told, each time. */
const tellOwners = (write: Writer, context: Context, organisationId: string, text: string, path: string) =>
	tellManagers(write, context, [organisationId], { ...outside, kind: 'organisation', text, path });

/**
 * Says what an organisation looks for or offers: a kind and one sentence. Sent twice, it is said once; other words are said too. From the need of a cooperation
 * one looks elsewhere, in the name of one's own organisation: the line stays where it is, and its readers see nothing more.
 */
export async function sayNeed(context: Context, input: SaidForm): Promise<string> {
	const { actor, now, db } = context;
	const { id, organisation: chosen, line, ...rest } = input;
	const organisationId = chosen ?? actingFor(context, null);
	const own = speaksFor(actor, organisationId);
	const hub = own ? null : await hubFor(context, organisationId);
	const write = allow(context, maySayFor(actor, organisationId, { accompanied: hub !== null }));
	const organisation = await whereOf(write, organisationId);
	const lineRoot = line ? (await findLine(context, line)).line : null;
	if (lineRoot && lineRoot.kind !== 'need') throw new NotFound();
	const said = { ...(await kept(db, rest, organisation, now)), code: newCode() };
	const written = await write
		.insertInto('needs')
		.values({
			id,
			organisationId,
			...said,
			lineRoot: lineRoot?.root ?? null,
			saidAt: now,
			saidBy: personOf(actor),
			saidForBy: hub,
			changedAt: now
		})
		.onConflict((conflict) => conflict.column('id').doNothing())
		.executeTakeFirst();
	if (written.numInsertedOrUpdatedRows === 0n) {
		const known = await db
			.selectFrom('needs')
			.select(['organisationId', 'text', 'code', 'sequence'])
			.where('id', '=', id)
			.executeTakeFirstOrThrow();
		if (known.organisationId !== organisationId) throw new Refused('forms.id-unreal');
		// a page that is brought back keeps its id: other words are another thing
		if (known.sequence === 0 && known.text !== said.text) return sayNeed(context, { ...input, id: idFrom(id, said.text) });
		return pathOf(known);
	}
	const path = pathOf(said);
	await tell(write, context, {
		chain: { organisation: organisationId },
		verb: said.side === 'need' ? 'need-said' : 'offer-said',
		ids: { need: id, hub },
		says: { organisation: organisation.name, text: said.text }
	});
	if (!own) await tellOwners(write, context, organisationId, m.needs_told_said({ text: said.text }), path);
	return path;
}

async function ownNeed(context: Context, address: string) {
	const need = await findNeed(context, address);
	return { need, write: allow(context, need.mayChange), own: speaksFor(context.actor, need.organisationId) };
}

/** Writes a need or an offer anew; it holds from today. What a colleague changed in between is not written over. */
export async function changeNeed(context: Context, address: string, { read, ...input }: Changed): Promise<string> {
	const { need, write, own } = await ownNeed(context, address);
	if (need.closedAt) throw new Refused('needs.has-closed');
	const said = await kept(context.db, input, await whereOf(write, need.organisationId), context.now, need);
	const changed = await write
		.updateTable('needs')
		.set({ ...said, sequence: read + 1, changedAt: context.now, askedAt: null })
		.where('id', '=', need.id)
		.where('sequence', '=', read)
		.executeTakeFirst();
	if (changed.numUpdatedRows === 0n) throw new Refused('needs.changed-meanwhile', { text: need.text }, 'text');
	const path = pathOf({ text: said.text, code: need.code });
	await tell(write, context, {
		chain: { organisation: need.organisationId },
		verb: 'need-changed',
		ids: { need: need.id },
		says: { text: said.text, before: need.text }
	});
	if (!own) await tellOwners(write, context, need.organisationId, m.needs_told_changed({ text: said.text }), path);
	return path;
}

/** Says that it still holds: one tap. What closed by silence comes back by it. */
export async function renewNeed(context: Context, address: string): Promise<void> {
	const { need, write } = await ownNeed(context, address);
	const { zone } = await whereOf(write, need.organisationId);
	const day = today(context.now, zone);
	if (need.closedAt && need.closedHow !== 'silence') throw new Refused('needs.has-closed');
	if (need.endsOn !== null && need.endsOn < day) throw new Refused('needs.is-past');
	const until = holdsUntil(need, day);
	if (!need.closedAt && need.askedAt === null && need.holdsUntil === until) return;
	await write
		.updateTable('needs')
		.set({ holdsUntil: until, askedAt: null, closedAt: null, closedBy: null, closedHow: null, changedAt: context.now })
		.where('id', '=', need.id)
		.execute();
	await tell(write, context, {
		chain: { organisation: need.organisationId },
		verb: 'need-renewed',
		ids: { need: need.id },
		says: { text: need.text }
	});
}

async function close(
	write: Writer,
	context: Context,
	need: { id: string; organisationId: string; text: string },
	how: 'met' | 'withdrawn' | 'silence' | 'passed'
): Promise<void> {
	const closed = await write
		.updateTable('needs')
		.set({ closedAt: context.now, closedBy: personOf(context.actor), closedHow: how })
		.where('id', '=', need.id)
		.where('closedAt', 'is', null)
		.executeTakeFirst();
	if (closed.numUpdatedRows === 0n) return;
	await tell(write, context, {
		chain: { organisation: need.organisationId },
		verb: how === 'met' ? 'need-met' : 'need-closed',
		ids: { need: need.id, how },
		says: { text: need.text }
	});
}

/** Closes a need or an offer: somebody answered it, or it is no longer true. It leaves the lists at once. */
export async function closeNeed(context: Context, address: string, { how }: { how: 'met' | 'withdrawn' }): Promise<void> {
	const { need, write, own } = await ownNeed(context, address);
	if (need.closedAt) return;
	await close(write, context, need, how);
	if (!own) await tellOwners(write, context, need.organisationId, m.needs_told_closed({ text: need.text }), need.path);
}

/** Looks after one that may no longer hold: asks once, closes what nobody confirmed and what is over. */
export async function lookAfter(context: Context, id: string): Promise<void> {
	const { now } = context;
	const write = allow(context, mayLookAfter(context.actor));
	const need = await write
		.selectFrom('needs as n')
		.innerJoin('organisations as o', 'o.id', 'n.organisationId')
		.select([
			'n.id',
			'n.code',
			'n.organisationId',
			'n.side',
			'n.text',
			'n.endsOn',
			'n.holdsUntil',
			'n.askedAt',
			'n.saidBy',
			'o.zone'
		])
		.where('n.id', '=', id)
		.where('n.closedAt', 'is', null)
		.forUpdate('n')
		.executeTakeFirst();
	if (!need) return;
	const day = today(now, need.zone);
	const due = dueOf({ ...need, askedOn: need.askedAt && today(need.askedAt, need.zone) }, day);
	if (due === 'passed' || due === 'silence') return close(write, context, need, due);
	if (due === 'nothing') return;
	await write.updateTable('needs').set({ askedAt: now }).where('id', '=', need.id).execute();
	const ask = (need.side as Side) === 'need' ? m.needs_told_still_need : m.needs_told_still_offer;
	const managers = (await managersOf(write, need.organisationId)).map((one) => one.id);
	// an organisation that nobody manages here: whoever said it in its name is asked
	const asked = managers.length ? managers : need.saidBy ? [need.saidBy] : [];
	const told = { ...outside, kind: 'reminder' as const, text: ask({ text: need.text }), path: `${pathOf(need)}#toujours` };
	await notify(
		write,
		now,
		asked.map((personId) => ({ ...told, personId }))
	);
}

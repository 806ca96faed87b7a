import { today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { listAlongside } from '#modules/cooperations/queries/alongside.server.ts';
import { speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { listLines } from '#modules/lines/queries.server.ts';
import { findNeed, hubFor, openNeedsOf, speakersAround } from '#modules/needs/queries.server.ts';
import { kinds, type Kind } from '#modules/needs/rules.ts';
import { findOrganisation, summariesOf } from '#modules/organisations/queries.server.ts';
import { findIdea } from '#modules/ideas/queries.server.ts';
import { neighboursThatSay, speakingOf } from '#modules/organisations/queries/neighbours.server.ts';
import { listShownTogether } from '#modules/publications/queries/public.server.ts';
import { dissolvedAmong } from '#modules/register/queries.server.ts';
import { communesAround, kilometresBetween } from '#modules/territories/queries/nearby.server.ts';
import { centresOf } from '#modules/territories/queries/places.server.ts';
import { organisationsOf } from '#platform/actor.ts';
import type { Narrowed } from './forms.ts';
import { mayAskFor } from './policy.ts';
import { suggest, turnOf, wantedAs, type Asking, type Candidate, type Said, type Wanted } from './rules.ts';
import { assemble } from './rules/assemblies.ts';
import { assemblyAtLeast } from './rules/weights.ts';
import { beginnings } from './rules/words.ts';

/** Who asks, from where, and who is not to be suggested since they are there already. */
export type Ask = Asking & {
	/** What the asker's turn among equals is drawn from. */
	asker: string;
	commune: string | null;
	/** The organisations that ask: what they did with others counts. */
	ours: string[];
	already: string[];
	/** Of how many at least are the sets that bring it all together; null when none are shown. */
	atLeast: number | null;
	/** Only those who bring it are shown: for one need, having done something together is not an answer. */
	mustBring: boolean;
};

/** How many communes are looked at: a neighbourhood, however large the country. */
const communesAtMost = 1500;

export const pageSize = 12;

const refusedAmong = async ({ db }: Context, ids: string[]): Promise<Set<string>> =>
	new Set(
		ids.length
			? (await db.selectFrom('suggestionRefusals').select('organisationId').where('organisationId', 'in', ids).execute()).map(
					({ organisationId }) => organisationId
				)
			: []
	);

/** Whether an organisation refuses to be suggested: for its own members. */
export const isRefused = async (context: Context, organisationId: string): Promise<boolean> =>
	(await refusedAmong(context, [organisationId])).size > 0;

type Row = Awaited<ReturnType<typeof openNeedsOf>>[number];
const saying = ({ text, kind, way, startsOn, endsOn, quantity, unit }: Row): Said => ({
	text,
	kind,
	way,
	startsOn,
	endsOn,
	quantity,
	unit
});
const said = (rows: readonly Row[]): Said[] => rows.map(saying);

/** Those who may be suggested, around a place: those who bring, those who say they do alike, those with whom one did something. */
async function candidatesFor(context: Context, ask: Ask, within: number): Promise<Candidate[]> {
	const { db } = context;
	const near =
		ask.commune === null ? [] : (await communesAround(db, ask.commune, within, communesAtMost)).map(({ code }) => code);
	const wanted = [...new Set(ask.wanted.flatMap((one) => (one.kinds.length ? one.kinds : kinds)))];
	const turn = turnOf(ask.asker, context.now);
	const bring = await speakersAround(context, near, {
		side: ask.side === 'need' ? 'offer' : 'need',
		kinds: wanted,
		words: beginnings(ask.wanted.map(({ text }) => text)),
		turn
	});
	const alike = await neighboursThatSay(db, near, ask, turn);
	const together = await listAlongside(context, ask.ours);
	const partners = [...new Set(together.map(({ organisationId }) => organisationId))];
	const without = new Set([...ask.already, ...ask.ours]);
	const ids = [...new Set([...bring, ...alike, ...partners])].filter((id) => !without.has(id));
	const dissolved = await dissolvedAmong(db, ids);
	const rows = (await speakingOf(db, ids)).filter(({ id }) => !dissolved.has(id));
	const open = Map.groupBy(await openNeedsOf(context, ids), ({ organisationId }) => organisationId);
	const through = await listShownTogether(context, partners, ids);
	const centres = await centresOf(db);
	const away = (code: string | null) => kilometresBetween(centres, ask.commune, code);
	return rows.map(({ id, communeCode, purpose, themes, audiences, channels, constraints }) => {
		const theirs = open.get(id) ?? [];
		const brought = theirs.filter(({ side }) => side === 'offer');
		const missing = theirs.filter(({ side }) => side === 'need');
		return {
			id,
			km: away(communeCode),
			// a hall elsewhere is not around, wherever its organisation is
			offers: (ask.side === 'need' ? brought : missing)
				.map((one) => ({ ...saying(one), km: one.communeCode === null ? undefined : away(one.communeCode) }))
				.filter(({ km }) => km === undefined || km === null || km <= within),
			needs: said(ask.side === 'need' ? missing : []),
			purpose: purpose ?? '',
			themes,
			audiences,
			channels,
			constraints,
			together: together.filter((one) => one.organisationId === id).map(({ cooperation }) => cooperation),
			through: through.filter((one) => one.organisationId === id).map((one) => one.with)
		};
	});
}

/**
 * The organisations to do it with, in their order, each with its reasons and reservations; and the sets that bring it all together.
 * Only read: nobody learns that they were suggested until somebody writes to them.
 */
export async function listSuggestions(context: Context, ask: Ask, { within, page }: Narrowed) {
	const candidates = await candidatesFor(context, ask, within);
	const refused = await refusedAmong(
		context,
		candidates.map(({ id }) => id)
	);
	const together = new Set(candidates.filter((one) => one.together.length > 0).map(({ id }) => id));
	const ranked = suggest(ask, candidates, { turn: turnOf(ask.asker, context.now), refused }).filter(
		({ id, km, covers }) => (km === null || km <= within || together.has(id)) && (!ask.mustBring || covers.length > 0)
	);
	const { wanted, atLeast } = ask;
	// one that brings the one thing is no set
	const several = atLeast !== null && wanted.length > 0 && (wanted.length > 1 || atLeast > 1);
	const sets = several ? assemble(wanted.length, ranked, { least: atLeast }) : [];
	const pages = Math.max(1, Math.ceil(ranked.length / pageSize));
	const at = Math.min(page, pages);
	const shown = ranked.slice((at - 1) * pageSize, at * pageSize);
	const names = await summariesOf(context.db, [...shown.map(({ id }) => id), ...sets.flatMap(({ ids }) => ids)]);
	const weighed = new Map(ranked.map((one) => [one.id, one]));
	return {
		within,
		day: today(context.now, 'Europe/Paris'),
		/** Whether there is an organisation in whose name to write to those that are suggested. */
		canWrite: organisationsOf(context.actor).length > 0,
		count: ranked.length,
		page: at,
		pages,
		suggestions: shown.map((one) => ({ ...one, organisation: names.get(one.id)! })),
		sets: sets.map(({ ids, company, missing }) => ({
			members: ids.map((id) => {
				const { covers, unsure, reasons } = weighed.get(id)!;
				const completes = company.includes(id);
				return {
					organisation: names.get(id)!,
					brings: completes ? [] : covers.map((index) => ({ text: wanted[index]!.text, sure: !unsure.includes(index) })),
					/** Why it is there, for one that is there to be enough. */
					because: completes ? reasons : []
				};
			}),
			missing: missing.map((index) => wanted[index]!.text),
			/** So many were wanted, and there are not so many around. */
			tooFew: ids.length < (atLeast ?? 0)
		}))
	};
}

export type Suggestions = Awaited<ReturnType<typeof listSuggestions>>;

const speaking = (rows: Awaited<ReturnType<typeof speakingOf>>) => ({
	themes: [...new Set(rows.flatMap(({ themes }) => themes))],
	audiences: [...new Set(rows.flatMap(({ audiences }) => audiences))],
	channels: [...new Set(rows.flatMap(({ channels }) => channels))],
	purpose: rows.map(({ purpose }) => purpose ?? '').join('\n')
});

const wantedOf = ({ text, kind, way, startsOn, endsOn, quantity, unit }: Said): Wanted => ({
	text,
	kinds: [kind],
	way,
	startsOn,
	endsOn,
	quantity,
	unit
});

/** For a need: who brings it. For an offer: who looks for it. */
export async function askOfNeed(context: Context, address: string) {
	const need = await findNeed(context, address);
	if (!need.mayChange || need.closedAt) throw new NotFound();
	const rows = await speakingOf(context.db, [need.organisationId]);
	const gives = need.side === 'need' ? said(await openNeedsOf(context, [need.organisationId], 'offer')) : [];
	const ask: Ask = {
		...speaking(rows),
		purpose: need.text,
		wanted: [wantedOf(need)],
		gives,
		asker: need.id,
		commune: need.communeCode,
		ours: [need.organisationId],
		already: [],
		side: need.side,
		atLeast: null,
		mustBring: true
	};
	return { need, ask };
}

/** For an organisation: who answers what it looks for, or is like it. Asked by its members, or by the house that it accepted. */
export async function askOfOrganisation(context: Context, address: string) {
	const organisation = await findOrganisation(context, address);
	const accompanied = (await hubFor(context, organisation.id)) !== null;
	if (!mayAskFor(context.actor, organisation.id, { accompanied })) throw new Forbidden();
	const rows = await speakingOf(context.db, [organisation.id]);
	const open = await openNeedsOf(context, [organisation.id]);
	const ask: Ask = {
		...speaking(rows),
		wanted: said(open.filter(({ side }) => side === 'need')).map(wantedOf),
		gives: said(open.filter(({ side }) => side === 'offer')),
		asker: organisation.id,
		commune: organisation.communeCode,
		ours: [organisation.id],
		already: [],
		side: 'need',
		atLeast: null,
		mustBring: false
	};
	return { organisation, ask };
}

/** What the need of a cooperation may be looked for as. */
const kindsOfTopic: Record<string, readonly Kind[]> = {
	money: ['finance'],
	people: ['volunteers', 'skill', 'speaker'],
	infrastructure: ['premises', 'equipment']
};

/** For a cooperation: who brings what its lines say is missing, for those for whom it is. Asked by its partners and its house. */
export async function askOfCooperation(context: Context, address: string) {
	const cooperation = await findCooperation(context, address);
	const mine = speaksHereFor(context.actor, cooperation);
	if (!mine.length && !cooperation.accompanied) throw new NotFound();
	const lines = await listLines(context, cooperation.id, ['need', 'public', 'objective']);
	const partners = cooperation.accepted.map(({ organisationId }) => organisationId);
	const rows = await speakingOf(context.db, partners);
	const open = lines.filter(({ doneAt, withdrawnAt }) => !doneAt && !withdrawnAt);
	const at = rows.find(({ id, communeCode }) => communeCode !== null && (mine.length ? mine.includes(id) : true));
	const ask: Ask = {
		...speaking(rows),
		audiences: [
			...new Set([
				...rows.flatMap(({ audiences }) => audiences),
				...open.filter(({ kind }) => kind === 'public').map(({ text }) => text)
			])
		],
		purpose: [cooperation.sentence, ...open.filter(({ kind }) => kind === 'objective').map(({ text }) => text)].join('\n'),
		wanted: open
			.filter(({ kind }) => kind === 'need')
			.slice(0, 8)
			.map(({ text, topic, quantity, unit }) => ({
				...wantedAs(text, kindsOfTopic[topic ?? ''] ?? []),
				quantity: quantity === null ? null : String(quantity),
				unit
			})),
		gives: [],
		asker: cooperation.id,
		commune: at?.communeCode ?? rows.find(({ communeCode }) => communeCode !== null)?.communeCode ?? null,
		ours: mine.length ? mine : partners,
		already: cooperation.partners
			.filter(({ declinedAt, leftAt }) => !declinedAt && !leftAt)
			.map(({ organisationId }) => organisationId),
		side: 'need',
		atLeast: 1,
		mustBring: false
	};
	return { cooperation, ask };
}

/** For an idea: who brings what it would need, and the sets of three to five that bring it all. Asked by the organisations that stand in it. */
export async function askOfIdea(context: Context, address: string) {
	const idea = await findIdea(context, address);
	if (!idea.can.begin.length) throw new NotFound();
	const ours = idea.can.begin;
	const rows = await speakingOf(context.db, ours);
	const about = idea.forWhom?.split(/[,;/]| et /).map((one) => one.trim()) ?? [];
	const ask: Ask = {
		themes: idea.themes,
		audiences: about.filter((one) => one !== ''),
		channels: [...new Set(rows.flatMap(({ channels }) => channels))],
		purpose: [idea.text, idea.dream, idea.kept].filter(Boolean).join('\n'),
		wanted: idea.needs.map(({ text, kind }) => wantedAs(text, [kind])),
		gives: said(await openNeedsOf(context, ours, 'offer')),
		asker: idea.id,
		commune: idea.communeCode ?? rows.find(({ communeCode }) => communeCode !== null)?.communeCode ?? null,
		ours,
		already: idea.organisations,
		side: 'need',
		atLeast: assemblyAtLeast,
		mustBring: false
	};
	return { idea, ask };
}

import { sql } from 'kysely';
import { m } from '#words';
import type { AddresseeKind } from '#content/arguments/argument.ts';
import { findAbout } from '#modules/cooperations/stages/queries.server.ts';
import { mayTakePart } from '#modules/cooperations/policy.ts';
import type { Cooperation } from '#modules/cooperations/queries.server.ts';
import { written } from '#modules/evaluations/indicators/rules.ts';
import { listIndicators } from '#modules/evaluations/indicators/queries.server.ts';
import { listLines, type LineSeen } from '#modules/lines/queries.server.ts';
import { namesOfPersons } from '#modules/people/queries.server.ts';
import { countSessions } from '#modules/sessions/queries.server.ts';
import { organisationsOf } from '#platform/actor.ts';
import { longDay, today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { money } from '#platform/money.ts';
import { word } from '#platform/say.ts';
import { orNobody } from '#platform/ids.ts';
import { namesThatFit, shortEnough, showable } from './rules.ts';

/** Every read of this module starts here: the pages that the actor's own organisations made. */
export const visiblePitches = (context: Context) => {
	const mine = organisationsOf(context.actor);
	return context.db.selectFrom('pitches as p').where('p.madeFor', 'in', orNobody(mine));
};

/** What a page says, as it was that day. */
export type Content = {
	partners: string;
	facts: [label: string, value: string][];
	sentence: string | null;
	gains: string[];
	asked: string[];
	proven: string[];
};

const columns = ['p.id', 'p.cooperationId', 'p.madeFor', 'p.addresseeKind', 'p.addressee', 'p.madeAt', 'p.madeBy'] as const;

/** The pages that an organisation made for a cooperation, the last one first. */
export const listPitches = (context: Context, cooperationId: string, organisationId: string) =>
	visiblePitches(context)
		.select(columns)
		.where('p.cooperationId', '=', cooperationId)
		.where('p.madeFor', '=', organisationId)
		.orderBy('p.madeAt', 'desc')
		.orderBy('p.id', 'desc')
		.limit(50)
		.execute();

/** One page by its id. */
export async function findPitch(context: Context, cooperationId: string, id: string) {
	const row = await visiblePitches(context)
		.select(columns)
		.select(['p.opening', 'p.gains', 'p.asked', 'p.proven', 'p.redoes', sql<Content>`p.content`.as('content')])
		.where('p.cooperationId', '=', cooperationId)
		.where(sql<string>`p.id::text`, '=', id)
		.executeTakeFirst();
	if (!row) throw new NotFound();
	const persons = await namesOfPersons(context.db, row.madeBy ? [row.madeBy] : []);
	return {
		...row,
		addresseeKind: row.addresseeKind as AddresseeKind,
		who: row.madeBy ? (persons.get(row.madeBy) ?? null) : null
	};
}
export type Pitch = Awaited<ReturnType<typeof findPitch>>;

/** A line as it is proposed for the page: what it would say there, and whether it is proposed ticked. */
export type Offered = { root: string; text: string; kind: string; mine: boolean; fits: boolean; usual: boolean };

const asks = ['need', 'contribution', 'date'] as const;

function said(line: LineSeen, day: string): string {
	const dates =
		line.startsOn && line.endsOn && line.startsOn !== line.endsOn
			? m.pitches_from_to({ from: longDay(line.startsOn, day), to: longDay(line.endsOn, day) })
			: line.startsOn
				? longDay(line.startsOn, day)
				: null;
	const amount =
		line.cents === null
			? [line.quantity && written(line.quantity), line.unit].filter(Boolean).join(' ')
			: money(line.cents, line.currency!);
	const details = [amount, line.kind === 'date' ? dates : null].filter(Boolean).join(', ');
	return details ? m.pitches_with_details({ text: line.text.replace(/\s*\.$/, ''), details }) : line.text;
}

/** What an organisation may put on a page for somebody outside, and how much stays between the partners. */
export async function findMaterial(context: Context, cooperation: Cooperation, organisationId: string) {
	const { zone } = cooperation;
	const day = today(context.now, zone);
	const lines = await listLines(context, cooperation.id, asks, { size: 500 });
	const useful = lines.filter(({ kind, topic, endsOn, startsOn }) =>
		kind === 'date' ? topic === 'project' && (endsOn ?? startsOn ?? day) >= day : true
	);
	const allowed = useful.filter((line) => showable(line, organisationId));
	const offered = (line: LineSeen, text: string): Offered => ({
		root: line.root,
		text,
		kind: word(`lines_kind_${line.kind}`),
		mine: line.actingFor === organisationId && line.audience !== 'everyone',
		fits: shortEnough(text),
		usual: shortEnough(text) && (line.kind === 'need' || line.kind === 'date') && line.audience !== 'organisation'
	});
	const indicators = await listIndicators(context, cooperation);
	const measures = await listLines(context, cooperation.id, ['measure'], { size: 2000 });
	const open = new Set(measures.filter((line) => showable(line, organisationId)).map(({ root }) => root));
	// a figure made of what others measured for the partners alone stays between them
	const known = indicators.filter(
		({ line, figure, reading, points }) =>
			figure !== null && showable(line, organisationId) && (reading.source !== 'hand' || points.every(({ id }) => open.has(id)))
	);
	const sessions = mayTakePart(context.actor, cooperation) ? await countSessions(context, cooperation.id) : null;
	return {
		asked: allowed.map((line) => offered(line, said(line, day))),
		proven: known.map(({ line, figure }) => {
			const text = m.pitches_measured({
				what: line.text.replace(/\s*\.$/, ''),
				figure: [written(figure!), line.unit].filter(Boolean).join(' ')
			});
			return { ...offered(line, text), usual: shortEnough(text) && line.audience !== 'organisation' };
		}),
		sessions:
			sessions && sessions.held > 0
				? m.pitches_sessions({ n: sessions.held, people: m.pitches_people({ n: sessions.people }) })
				: null,
		kept: useful.length - allowed.length + indicators.filter(({ figure }) => figure !== null).length - known.length,
		partners: partnersSaid(cooperation),
		facts: await factsOf(context, cooperation, day)
	};
}

/** Who cooperates, as many names as two lines hold. */
function partnersSaid(cooperation: Cooperation): string {
	const names = cooperation.accepted.map(({ name }) => name);
	const shown = namesThatFit(names);
	const rest = names.length - shown.length;
	return rest ? m.pitches_partners_more({ names: shown.join(', '), n: rest }) : shown.join(', ');
}

/** What the cooperation is, for whoever knows nothing of it. An invited partner says what its invitation says. */
async function factsOf(context: Context, cooperation: Cooperation, day: string): Promise<Content['facts']> {
	const about = mayTakePart(context.actor, cooperation) ? await findAbout(context, cooperation) : null;
	return [
		...(about ? [[m.pitches_fact_stage(), word(`cooperations_stage_${about.stage}`)] as [string, string]] : []),
		...(cooperation.place ? [[m.pitches_fact_place(), cooperation.place] as [string, string]] : []),
		[m.pitches_fact_since(), longDay(today(cooperation.begunAt, cooperation.zone), day)]
	];
}

import type { Cooperation } from '#modules/cooperations/queries.server.ts';
import { findLine, listLines, type LineSeen } from '#modules/lines/queries.server.ts';
import { listFigures, sessionPath, type SessionFigures } from '#modules/sessions/queries.server.ts';
import { wall } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import {
	additionOf,
	figureOf,
	inTime,
	pointsOf,
	usualReading,
	type Addition,
	type Held,
	type Point,
	type Reading,
	type Source
} from './rules.ts';

/** A page sums them all. */
const everything = 2000;

async function readingsOf({ db }: Context, roots: string[]): Promise<Map<string, Reading>> {
	if (!roots.length) return new Map();
	const rows = await db
		.selectFrom('indicatorReadings')
		.select(['root', 'adds', 'source', 'publicRoot', 'seriesId'])
		.where('root', 'in', roots)
		.execute();
	return new Map(rows.map(({ root, ...row }) => [root, { ...row, adds: row.adds as Addition, source: row.source as Source }]));
}

const heldOf = (cooperation: Cooperation, figures: SessionFigures[]): Held[] =>
	figures.map(({ startsAt, zone, code, ...one }) => ({
		...one,
		day: wall(startsAt, zone).day,
		path: sessionPath(cooperation, { title: one.title, code })
	}));

const measured = (cooperation: Cooperation, root: string, measures: LineSeen[]): Point[] =>
	measures
		.filter(({ about }) => about === root)
		.map((line) => ({
			id: line.root,
			// a measure without a date was made when it was written
			day: line.endsOn ?? wall(line.writtenAt, cooperation.zone).day,
			quantity: line.quantity,
			words: line.text,
			organisationId: line.actingFor,
			organisation: line.speaker,
			path: `${cooperation.path}/lignes/${line.root}`
		}));

/** An indicator with what was observed of it, what that amounts to, and the objective that it watches. */
export type IndicatorSeen = {
	line: LineSeen;
	path: string;
	objective: LineSeen | null;
	reading: Reading;
	adds: Addition;
	points: Point[];
	figure: string | null;
};

function seen(
	cooperation: Cooperation,
	line: LineSeen,
	reading: Reading,
	{ measures, objectives, held }: { measures: LineSeen[]; objectives: LineSeen[]; held: Held[] }
): IndicatorSeen {
	const points = inTime(reading.source === 'hand' ? measured(cooperation, line.root, measures) : pointsOf(held, reading));
	const adds = additionOf(reading);
	return {
		line,
		path: `${cooperation.path}/indicateurs/${line.root}`,
		objective: objectives.find(({ root }) => root === line.about) ?? null,
		reading,
		adds,
		points,
		figure: figureOf(points, adds)
	};
}

/** The indicators of a cooperation as one reads them, each with its figures: as many queries for one as for a hundred. */
export async function listIndicators(context: Context, cooperation: Cooperation): Promise<IndicatorSeen[]> {
	const lines = await listLines(context, cooperation.id, ['indicator', 'measure', 'objective'], { size: everything });
	const indicators = lines.filter(({ kind }) => kind === 'indicator');
	const readings = await readingsOf(
		context,
		indicators.map(({ root }) => root)
	);
	const fed = [...readings.values()].some(({ source }) => source !== 'hand');
	const held = fed ? heldOf(cooperation, await listFigures(context, cooperation.id)) : [];
	const about = {
		measures: lines.filter(({ kind }) => kind === 'measure'),
		objectives: lines.filter(({ kind }) => kind === 'objective'),
		held
	};
	return indicators.map((line) => seen(cooperation, line, readings.get(line.root) ?? usualReading, about));
}

/** One indicator, withdrawn or not, by the id of any of its versions. */
export async function findIndicator(context: Context, cooperation: Cooperation, id: string): Promise<IndicatorSeen> {
	const { line } = await findLine(context, id);
	if (line.cooperationId !== cooperation.id || line.kind !== 'indicator') throw new NotFound();
	const reading = (await readingsOf(context, [line.root])).get(line.root) ?? usualReading;
	return seen(cooperation, line, reading, {
		measures: reading.source === 'hand' ? await listLines(context, cooperation.id, ['measure'], { size: everything }) : [],
		objectives: line.about ? await listLines(context, cooperation.id, ['objective'], { size: everything }) : [],
		held: reading.source === 'hand' ? [] : heldOf(cooperation, await listFigures(context, cooperation.id))
	});
}

import { personOf } from '#platform/actor.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { speaker } from '#modules/cooperations/commands.server.ts';
import { speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { writeLine } from '#modules/lines/commands.server.ts';
import { listLines } from '#modules/lines/queries.server.ts';
import { noDetails } from '#modules/lines/rules.ts';
import { listSeries } from '#modules/sessions/queries.server.ts';
import { today } from '#platform/clock.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import type { ChosenReading, Measured } from './forms.ts';
import { mayChooseReading } from './policy.ts';
import { findIndicator } from './queries.server.ts';
import { written } from './rules.ts';

/** Notes what was observed of an indicator, in numbers, in words or both, in the name of one's organisation. */
export async function noteMeasure(context: Context, cooperationId: string, indicator: string, input: Measured): Promise<void> {
	const cooperation = await findCooperationById(context, cooperationId);
	const { line, reading } = await findIndicator(context, cooperation, indicator);
	if (input.quantity === null && input.text === null) throw new Refused('evaluations.indicator-nothing-noted', {}, 'quantity');
	if (input.day > today(context.now, cooperation.zone)) throw new Refused('evaluations.indicator-not-yet', {}, 'day');
	if (reading.source !== 'hand') throw new Refused('evaluations.indicator-is-fed');
	if (line.withdrawnAt) throw new Refused('evaluations.indicator-withdrawn');
	const counted = input.quantity === null ? '' : [written(input.quantity), line.unit].filter(Boolean).join('\u00a0');
	await writeLine(context, cooperation.id, {
		...noDetails,
		id: input.id,
		kind: 'measure',
		text: input.text ?? counted,
		// who reads the indicator reads what was measured of it
		audience: line.audience,
		actingFor: input.actingFor,
		quantity: input.quantity,
		unit: input.quantity === null ? null : line.unit,
		endsOn: input.day,
		about: line.root
	});
}

/** Says how the measures of an indicator add up, or which sessions give them. */
export async function chooseReading(
	context: Context,
	cooperationId: string,
	indicator: string,
	input: ChosenReading
): Promise<void> {
	const cooperation = await findCooperationById(context, cooperationId);
	const { line } = await findIndicator(context, cooperation, indicator);
	const write = allow(context, mayChooseReading(context.actor, cooperation));
	const fed = input.source !== 'hand';
	const publics = fed && input.publicRoot ? await listLines(context, cooperation.id, ['public']) : [];
	if (fed && input.publicRoot && !publics.some(({ root }) => root === input.publicRoot))
		throw new Refused('sessions.not-an-audience', {}, 'publicRoot');
	const series = fed && input.seriesId ? await listSeries(context, cooperation.id) : [];
	if (fed && input.seriesId && !series.some(({ id }) => id === input.seriesId))
		throw new Refused('evaluations.indicator-no-such-series', {}, 'seriesId');
	const reading = {
		adds: input.adds,
		source: input.source,
		// an audience is counted in people; hours and sessions have none
		publicRoot: input.source === 'attendance' ? input.publicRoot : null,
		seriesId: fed ? input.seriesId : null,
		chosenAt: context.now,
		chosenBy: personOf(context.actor)
	};
	await write
		.insertInto('indicatorReadings')
		.values({ root: line.root, ...reading })
		.onConflict((conflict) => conflict.column('root').doUpdateSet(reading))
		.execute();
	const mine = speaksHereFor(context.actor, cooperation);
	const by = speaker(context, cooperation, mine.includes(line.actingFor) ? line.actingFor : (mine[0] ?? null));
	// what an organisation keeps at home is told in its own chain alone
	await tell(write, context, {
		chain: line.audience === 'organisation' ? { organisation: line.actingFor } : { cooperation: cooperation.id },
		verb: `indicator-read-${input.source}`,
		ids: { line: line.root, audience: line.audience, organisation: by.id },
		says: { organisation: by.name, indicator: line.text }
	});
}

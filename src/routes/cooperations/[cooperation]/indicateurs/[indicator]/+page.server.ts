import { speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { speakersHere } from '#modules/cooperations/rules.ts';
import { chooseReading, noteMeasure } from '#modules/evaluations/indicators/commands.server.ts';
import { measureForm, readingForm } from '#modules/evaluations/indicators/forms.ts';
import { mayChooseReading } from '#modules/evaluations/indicators/policy.ts';
import { findIndicator } from '#modules/evaluations/indicators/queries.server.ts';
import { listLines } from '#modules/lines/queries.server.ts';
import { listSeries } from '#modules/sessions/queries.server.ts';
import { today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { z } from '#platform/forms.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

type Params = { cooperation: string; indicator: string };

/** An address that is no identifier leads nowhere; the database isn't asked. */
const known = (id: string): string => {
	if (!z.uuid().safeParse(id).success) throw new NotFound();
	return id;
};

export const load = page('signed in', async (context, params: Params) => {
	const cooperation = await findCooperation(context, params.cooperation);
	const indicator = await findIndicator(context, cooperation, known(params.indicator));
	const may = mayChooseReading(context.actor, cooperation);
	return {
		cooperation,
		indicator,
		newId: newId(),
		day: today(context.now, cooperation.zone),
		// what is kept at home is shared before others note anything of it
		may: may && indicator.line.audience !== 'organisation',
		publics: may
			? (await listLines(context, cooperation.id, ['public'])).map(({ root, text }) => ({ value: root, label: text }))
			: [],
		series: may ? (await listSeries(context, cooperation.id)).map(({ id, title }) => ({ value: id, label: title })) : [],
		speakers: speakersHere(context.actor, cooperation, speaksHereFor(context.actor, cooperation))
	};
});

const here = async (context: Context, { cooperation }: Params) => (await findCooperation(context, cooperation)).id;

export const actions = {
	measure: action(
		'signed in',
		measureForm,
		async (context, input, params: Params) => noteMeasure(context, await here(context, params), known(params.indicator), input),
		{ say: () => m.evaluations_indicator_noted() }
	),
	reading: action(
		'signed in',
		readingForm,
		async (context, input, params: Params) => chooseReading(context, await here(context, params), known(params.indicator), input),
		{ say: () => m.evaluations_indicator_reading_saved() }
	)
};

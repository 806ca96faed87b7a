import { workingForms } from '#content/forms/forms.ts';
import { mayTakePart, readerOf } from '#modules/cooperations/policy.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { listReadings } from '#modules/cooperations/qualifying/queries.server.ts';
import { answersAs, changedAnswers, readForm } from '#modules/cooperations/qualifying/rules.ts';
import { today } from '#platform/clock.ts';
import { page } from '#platform/http.server.ts';

type Params = { cooperation: string };

export const load = page('signed in', async (context, { cooperation: at }: Params) => {
	const cooperation = await findCooperation(context, at);
	const readings = await listReadings(context, cooperation);
	return {
		cooperation,
		reader: readerOf(context.actor, cooperation),
		day: today(context.now, cooperation.zone),
		may: mayTakePart(context.actor, cooperation) && cooperation.endedAt === null,
		readings: readings.map(({ id, forms, answers, meanwhile, at: readAt, saidBy }, n) => {
			const before = readings[n + 1]?.answers;
			return {
				id,
				forms,
				on: today(readAt, cooperation.zone),
				saidBy,
				meanwhile: meanwhile !== null,
				reading: answers && readForm(answers),
				answers,
				before: before ?? null,
				changed: answers && before ? changedAnswers(before, answers) : null
			};
		}),
		again: readings[0]?.answers ? answersAs(readings[0].answers) : '',
		forms: workingForms.map(({ id, name, line }) => ({ id, name, line }))
	};
});

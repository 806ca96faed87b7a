import { m } from '#words';
import { id, oneOf, optionalId, optionalText, z } from '#platform/forms.ts';
import { optionalHours } from '../forms.ts';
import { answers } from './rules.ts';

const answer = () => oneOf(answers, m.worth_answer_missing);
const words = () => optionalText(300);

/** The five answers, each with a sentence if one wants. The id is made with the page. */
export const weighForm = z.object({
	id: id(),
	mission: answer(),
	missionWords: words(),
	image: answer(),
	imageWords: words(),
	hours: answer(),
	hoursWords: words(),
	minutes: optionalHours(),
	funders: answer(),
	fundersWords: words(),
	wish: answer(),
	wishWords: words(),
	actingFor: optionalId()
});
export type Weighed = z.output<typeof weighForm>;

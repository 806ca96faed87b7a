import { word } from '#platform/say.ts';
import { m } from '#words';
import type { headOf } from '../rules.ts';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const number = (n: number): string => word(`evaluations_point_number_${n}`);

/** The head of a result, as an answer: « Trois sujets vous partagent, un pèse sur tous. » */
export function titleOf({ split, weighs, few }: ReturnType<typeof headOf>): string {
	if (few) return m.evaluations_point_head_few();
	const divides = split ? m.evaluations_point_head_split({ n: split, count: capital(number(split)) }) : null;
	if (divides && weighs)
		return m.evaluations_point_head_both({
			split: divides,
			weighs: m.evaluations_point_head_weighs_too({ n: weighs, count: number(weighs) })
		});
	if (divides) return m.evaluations_point_head_one({ text: divides });
	return weighs
		? m.evaluations_point_head_one({ text: m.evaluations_point_head_weighs({ n: weighs, count: capital(number(weighs)) }) })
		: m.evaluations_point_head_agreed();
}

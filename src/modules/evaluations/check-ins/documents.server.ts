import { dimensions } from '#content/dimensions/grid.ts';
import { reviewQuestions } from '#content/dimensions/review.ts';
import { longDay, today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { typeset } from '#platform/pdf/pdf.server.ts';
import { word } from '#platform/say.ts';
import { m } from '#words';
import { verdicts, weights } from './rules.ts';

/** The sheet on which an organisation answers by pen: one page, a cross per line. */
export async function answerSheet(
	{ now }: Pick<Context, 'now'>,
	cooperation: { name: string; zone: string },
	checkIn: { closesOn: string } | null
): Promise<Uint8Array> {
	const day = checkIn ? longDay(checkIn.closesOn, today(now, cooperation.zone)) : null;
	const { pdf } = await typeset(
		'src/modules/evaluations/check-ins/answer-sheet.typ',
		{
			title: m.evaluations_point_head({ cooperation: cooperation.name }),
			kicker: m.evaluations_point_paper_kicker(),
			issuer: cooperation.name,
			lead: m.evaluations_point_paper_lead(),
			blanks: [m.evaluations_point_paper_structure(), m.evaluations_point_paper_day(), m.evaluations_point_paper_filled_by()],
			grid: {
				header: [m.evaluations_point_table_subject(), ...weights.map((one) => word(`evaluations_point_${one}`))],
				rows: dimensions.map(({ name, question }) => [name, question])
			},
			review: {
				header: [m.evaluations_point_paper_question(), ...verdicts.map((one) => word(`evaluations_point_${one}`))],
				rows: reviewQuestions.map(({ question }) => question)
			},
			more: m.evaluations_point_paper_more(),
			joins: m.evaluations_point_paper_joins(),
			back: day ? m.evaluations_point_paper_return({ day }) : m.evaluations_point_paper_return_open()
		},
		{ date: now }
	);
	return pdf;
}

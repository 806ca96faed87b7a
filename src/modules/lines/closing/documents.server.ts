import { today, longDay } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { typeset } from '#platform/pdf/pdf.server.ts';
import { word } from '#platform/say.ts';
import { m } from '#words';
import type { LineSeen } from '../queries.server.ts';
import { reviewed } from '../rules/sections.ts';

type Paper = {
	cooperation: { name: string; zone: string; accepted: { name: string }[] };
	lines: LineSeen[];
	/** Each indicator: what it looks at, its target, what was found. */
	figures: string[][];
	unforeseen: LineSeen[];
};

/** The closing review on paper: each answer with whose it is, and the figures. */
export async function reviewDocument({ now }: Pick<Context, 'now'>, paper: Paper): Promise<Uint8Array> {
	const { cooperation, lines, figures, unforeseen } = paper;
	const day = today(now, cooperation.zone);
	const data = {
		title: m.lines_review_title({ name: cooperation.name }),
		kicker: m.lines_review(),
		lead: m.lines_review_lead(),
		issuer: m.shell_title(),
		reference: longDay(day, '0000-01-01'),
		facts: [[m.cooperations_tab_partners(), cooperation.accepted.map(({ name }) => name).join(', ')]],
		parts: [
			...reviewed.map((topic) => ({
				title: word(`lines_section_${topic}`),
				lines: lines.filter((line) => line.topic === topic).map(({ text, speaker }) => ({ text, who: speaker }))
			})),
			{
				title: m.lines_section_unforeseen(),
				lines: unforeseen.map(({ text, remedy, lesson, speaker }) => ({
					text: [text, remedy && m.lines_remedy_done({ remedy }), lesson && m.lines_lesson({ lesson })].filter(Boolean).join(' '),
					who: speaker
				}))
			}
		],
		figures: {
			title: m.lines_facts(),
			header: [m.lines_facts_indicator(), m.lines_facts_target(), m.lines_facts_measured()],
			rows: figures
		},
		nothing: m.lines_review_nothing()
	};
	const { pdf } = await typeset('src/modules/lines/closing/review.typ', data, { date: now });
	return pdf;
}

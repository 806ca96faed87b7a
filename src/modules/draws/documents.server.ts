import { interview } from '#content/interview.ts';
import { longDay, today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { typeset } from '#platform/pdf/pdf.server.ts';
import { m } from '#words';
import type { DrawSeen } from './queries.server.ts';

/** The sheets of the interviews, one page for each that presents: all of them for whoever organises, else one's own. */
export async function interviewSheets({ now }: Context, seen: DrawSeen): Promise<Uint8Array> {
	const pairs = seen.pairs.filter(({ mine }) => mine || seen.mine);
	if (!pairs.length) throw new NotFound();
	const { pdf } = await typeset(
		'src/modules/draws/sheet.typ',
		{
			title: m.draws_paper_title(),
			lead: [seen.title, longDay(seen.heldOn, today(now, 'Europe/Paris')), seen.place].filter(Boolean).join(', '),
			issuer: seen.organiser.name,
			reference: seen.code,
			description: m.draws_paper_title(),
			sheets: pairs.map(({ presenter, presented }) => ({ presenter: presenter.name, presented: presented.name })),
			presents: m.draws_paper_presents(),
			met: m.draws_paper_met(),
			questions: [...interview]
		},
		{ date: now }
	);
	return pdf;
}

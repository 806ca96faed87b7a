import { fullDay, longDay, today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { findOpenHub } from '#modules/hubs/queries.server.ts';
import { factsOfAll } from '#modules/organisations/queries/facts.server.ts';
import { typeset } from '#platform/pdf/pdf.server.ts';
import { m } from '#words';
import { envelopesOf, type MailingSeen } from './queries.server.ts';
import { factsSaid } from './views/say.ts';
import { labelPlaces, labelSheets, type LabelFormat } from './rules.ts';

type Sender = { id: string; name: string; phone: string | null; email: string | null; place: string | null; zone: string };

const onPaper = ({ recipients }: MailingSeen, all: boolean): string[] =>
	recipients.filter(({ way }) => all || way === 'paper').map(({ organisationId }) => organisationId);

/** The letters to put into envelopes with a window: one page each, folded in three. */
export async function letters(context: Context, sender: Sender, mailing: MailingSeen, { all }: { all: boolean }) {
	const to = onPaper(mailing, all);
	if (!to.length) throw new NotFound();
	const envelopes = await envelopesOf(context, [sender.id, ...to]);
	const day = today(mailing.sentAt, sender.zone);
	const when = mailing.heldOn ? longDay(mailing.heldOn, day) : null;
	const hub = await findOpenHub(context.db, sender.id);
	const reach = [sender.phone ?? hub?.phone, sender.email].filter(Boolean).join(', ');
	const facts = mailing.kind === 'refresh' ? await factsOfAll(context.db, to) : new Map();
	const { pdf } = await typeset(
		'src/modules/mailings/letters.typ',
		{
			title: mailing.title,
			sender: sender.name,
			person: mailing.person,
			from: [...(envelopes.get(sender.id)?.lines ?? [sender.name]), ...[sender.phone, sender.email].filter(Boolean)],
			dated: [sender.place?.replace(/ \(.*\)$/, ''), m.mailings_paper_on({ day: fullDay(day) })].filter(Boolean).join(', '),
			text: mailing.text,
			when: when || mailing.place ? [when, mailing.place].filter(Boolean).join(', ') : null,
			reply: mailing.kind === 'greeting' || !reach ? null : m.mailings_paper_reply({ reach }),
			facts: { title: m.mailings_link_facts(), right: m.mailings_paper_right(), wrong: m.mailings_paper_wrong() },
			letters: to.map((id) => ({ lines: envelopes.get(id)!.lines, facts: facts.has(id) ? factsSaid(facts.get(id)!) : [] }))
		},
		{ date: context.now }
	);
	return pdf;
}

/** Of those who have paper, those whose address does not stand whole on the envelope: a pen completes it. */
export async function toComplete(context: Context, mailing: MailingSeen): Promise<string[]> {
	const envelopes = await envelopesOf(context, onPaper(mailing, false));
	return mailing.recipients.filter(({ organisationId: id }) => envelopes.get(id)?.complete === false).map(({ name }) => name);
}

/** The labels of the same envelopes, on one of the two sheets that stationers sell, from the first one that is left. */
export async function labels(
	context: Context,
	mailing: MailingSeen,
	{ format, start, all }: { format: LabelFormat; start: number; all: boolean }
) {
	const to = onPaper(mailing, all);
	if (!to.length) throw new NotFound();
	const envelopes = await envelopesOf(context, to);
	const places = labelPlaces(to.length, format, start);
	const { width, height } = labelSheets[format];
	const { pdf } = await typeset(
		'src/modules/mailings/labels.typ',
		{
			title: m.mailings_labels_of({ title: mailing.title }),
			width,
			height,
			pages: places.at(-1)!.page + 1,
			labels: to.map((id, i) => ({ ...places[i]!, lines: envelopes.get(id)!.lines }))
		},
		{ date: context.now }
	);
	return pdf;
}

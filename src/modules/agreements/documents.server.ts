import { longDay, today } from '#platform/clock.ts';
import { Refused } from '#platform/errors.ts';
import { NotTypeset, typeset, type Printed } from '#platform/pdf/pdf.server.ts';
import { initials } from '#ui/paper.ts';
import { m } from '#words';
import type { Content } from './rules/compile.ts';

const template = 'src/modules/agreements/agreement.typ';

/** Which version is printed; null for a draft, which says that it is one. */
export type Edition = { n: number; frozenAt: Date; sha256: string } | null;

function sheets(content: Content, edition: Edition, { now, zone }: { now: Date; zone: string }) {
	const date = longDay(today(edition?.frozenAt ?? now, zone), '0000-01-01');
	return {
		title: m.agreements_paper_title({ name: content.name }),
		kicker: m.agreements_kicker(),
		lead: edition ? m.agreements_paper_lead({ n: edition.n, date }) : m.agreements_paper_lead_draft({ date }),
		issuer: m.shell_title(),
		reference: edition ? m.agreements_paper_version({ n: edition.n }) : m.agreements_paper_draft(),
		fingerprint: edition?.sha256 ?? null,
		facts: [
			[m.agreements_paper_partners({ n: content.parties.length }), content.parties.map(({ name }) => name).join('\n')],
			...(content.place ? [[m.agreements_paper_place(), content.place]] : [])
		],
		draft: edition === null,
		content,
		codes: content.parties.map(({ name }) => initials(name)),
		words: {
			articles: m.agreements_paper_articles(),
			missing: m.agreements_paper_missing(),
			annexes: m.agreements_paper_annexes(),
			annexesText: m.agreements_paper_annexes_text(),
			brings: m.agreements_column_brings(),
			answers: m.agreements_column_answers(),
			does: m.agreements_column_does(),
			limits: m.agreements_paper_limits(),
			expects: m.agreements_paper_expects(),
			nothing: m.agreements_paper_nothing(),
			proof: m.agreements_paper_proof(),
			proofText: m.agreements_paper_proof_text(),
			reserve: m.agreements_paper_model()
		}
	};
}

type At = { now: Date; zone: string };

/** The draft, to read: every page says that it is one. */
export const printDraft = (content: Content, at: At): Promise<Printed> =>
	inWords(typeset(template, sheets(content, null, at), { date: at.now, standard: 'ua-1' }));

/** The two files of a frozen version, made once: PDF/UA-1 to read, PDF/A-2a to archive. */
export async function printVersion(
	content: Content,
	edition: NonNullable<Edition>,
	at: At
): Promise<{ reading: Printed; archive: Printed }> {
	const data = sheets(content, edition, at);
	const [reading, archive] = await inWords(
		Promise.all([
			typeset(template, data, { date: edition.frozenAt, standard: 'ua-1' }),
			typeset(template, data, { date: edition.frozenAt, standard: 'a-2a' })
		])
	);
	return { reading: reading!, archive: archive! };
}

/** A document that can't be made is refused with its reason, so that whoever asked can act on it. */
async function inWords<T>(made: Promise<T>): Promise<T> {
	try {
		return await made;
	} catch (problem) {
		if (problem instanceof NotTypeset) {
			if (problem.reason === 'template') console.error(problem);
			throw new Refused(`agreements.not-typeset-${problem.reason}`);
		}
		throw problem;
	}
}

import type { Jurisdiction } from '#content/item.ts';
import type { PartnerKind } from '#content/agreement/clause.ts';
import {
	placeholders,
	type ListPlaceholder,
	type Meaning,
	type Placeholder,
	type TablePlaceholder
} from '#content/agreement/placeholders.ts';
import type { Proof } from '#content/agreement/contents.ts';
import type { Kind, Phase } from '#modules/lines/rules.ts';
import type { Role } from '#modules/cooperations/rules.ts';
import { longDay } from '#platform/clock.ts';
import { money } from '#platform/money.ts';
import { word } from '#platform/say.ts';
import { m } from '#words';

/** A line as an agreement reads it: never one that an organisation keeps at home. */
export type Said = {
	kind: Kind;
	topic: string | null;
	text: string;
	actingFor: string;
	speaker: string;
	whoOrganisation: string | null;
	whoOrganisationName: string | null;
	whoPersonName: string | null;
	heldBy: string | null;
	holderName: string | null;
	startsOn: string | null;
	endsOn: string | null;
	phase: Phase | null;
	cents: number | null;
	currency: string | null;
	quantity: string | null;
	unit: string | null;
};

/** A partner that accepted, with what the law of its clauses depends on. */
export type Party = {
	organisationId: string;
	name: string;
	kind: string;
	role: Role;
	/** What it does here, in its words. */
	place: string | null;
	/** Its number in a register, as people write it. */
	register: string | null;
	form: PartnerKind | null;
	law: Exclude<Jurisdiction, 'any'>;
	/** Who can sign for it, and as what. */
	representative: { name: string; capacity: string | null } | null;
};

export type Facts = {
	name: string;
	sentence: string;
	place: string | null;
	parties: Party[];
	lines: Said[];
};

/** A table of the text: a column is a heading, a row a text for each; a total stands apart. */
export type Table = { header: string[]; rows: string[][]; totals: string[][]; right: number[] };

/** Days in words, always with their year: a paper is read years later. */
const day = (date: string): string => longDay(date, '0000-01-01');
const period = ({ startsOn, endsOn }: Pick<Said, 'startsOn' | 'endsOn'>): string =>
	startsOn && endsOn && startsOn !== endsOn
		? m.agreements_period({ from: day(startsOn), to: day(endsOn) })
		: (startsOn ?? endsOn)
			? day((startsOn ?? endsOn)!)
			: '';

const amount = ({ quantity, unit }: Pick<Said, 'quantity' | 'unit'>): string | null =>
	quantity === null ? null : [quantity.replace('.', ','), unit].filter(Boolean).join('\u00a0');
const value = ({ cents, currency }: Pick<Said, 'cents' | 'currency'>): string | null =>
	cents === null || currency === null ? null : money(cents, currency);
const aside = (text: string, ...more: (string | null)[]): string => {
	const said = more.filter(Boolean).join(', ');
	return said ? `${text.replace(/[.\s]+$/, '')} (${said}).` : text;
};
const named = (name: string, text: string): string => m.agreements_named({ name, text });

/** Whose a line is: the organisation that it names, else the one that says it. */
const ownerOf = (line: Said): { id: string; name: string } =>
	line.whoOrganisation
		? { id: line.whoOrganisation, name: line.whoOrganisationName ?? line.speaker }
		: { id: line.actingFor, name: line.speaker };

export const proves = ({ kind, topics }: Proof, line: Pick<Said, 'kind' | 'topic'>): boolean =>
	line.kind === kind && (!topics || (topics as readonly string[]).includes(line.topic ?? 'none'));

const read = (facts: Facts, placeholder: Placeholder): Said[] => {
	const { reads = [] }: Meaning = placeholders[placeholder];
	return facts.lines.filter((line) => reads.some((proof) => proves(proof, line)));
};

/** The words that stand inside a sentence; null where nothing is known. */
export function wordsFor(facts: Facts, placeholder: Placeholder): string | null {
	const during = facts.lines.filter(
		({ kind, topic, phase, startsOn }) => kind === 'date' && topic === 'project' && phase === 'during' && startsOn
	);
	switch (placeholder) {
		case 'cooperation.name':
			return facts.name || null;
		case 'cooperation.place':
			return facts.place;
		case 'lead':
			return facts.parties.find(({ role }) => role === 'lead')?.name ?? null;
		case 'pot.holder': {
			const holders = facts.lines.filter(({ kind, topic, heldBy }) => kind === 'contribution' && topic === 'money' && heldBy);
			return [...new Set(holders.map(({ holderName }) => holderName))].join(', ') || null;
		}
		case 'action.start':
			return during.length ? day(during.map(({ startsOn }) => startsOn!).toSorted()[0]!) : null;
		case 'action.end':
			return during.length
				? day(
						during
							.map(({ startsOn, endsOn }) => endsOn ?? startsOn!)
							.toSorted()
							.at(-1)!
					)
				: null;
		case 'agreement.copies':
			return facts.parties.length ? String(facts.parties.length) : null;
		default:
			return null;
	}
}

/** The items of a list, one for each line. */
export function listFor(facts: Facts, placeholder: ListPlaceholder): string[] {
	if (placeholder === 'cooperation.sentence') return facts.sentence ? [facts.sentence] : [];
	return read(facts, placeholder).map((line) => {
		switch (placeholder) {
			case 'objectives.own':
			case 'limits':
			case 'decision.home':
				return named(ownerOf(line).name, line.text);
			case 'dates.impossible':
				return named(ownerOf(line).name, aside(line.text, period(line)));
			case 'roles':
				return line.whoOrganisation ? named(ownerOf(line).name, aside(line.text, line.whoPersonName)) : line.text;
			case 'loans':
				return named(ownerOf(line).name, aside(line.text, amount(line), value(line)));
			case 'indicators':
				return amount(line) ? aside(line.text, m.agreements_target({ target: amount(line)! })) : line.text;
			default:
				return aside(line.text, amount(line));
		}
	});
}

const phases: (Phase | null)[] = ['before', 'during', 'after', null];

/** What a partner brings, answers for and does: what it signs. */
export type Commitments = { brings: string[]; answersFor: string[]; does: string[]; limits: string[]; expects: string[] };

export function commitmentsOf(facts: Facts, organisationId: string): Commitments {
	const own = facts.lines.filter((line) => ownerOf(line).id === organisationId);
	const of = (kind: Kind, text: (line: Said) => string) => own.filter((line) => line.kind === kind).map(text);
	return {
		brings: of('contribution', (line) => aside(line.text, amount(line), value(line))),
		answersFor: of('role', (line) => aside(line.text, line.whoPersonName)),
		does: of('task', (line) =>
			aside(line.text, line.whoPersonName, line.endsOn ? m.agreements_by_day({ day: day(line.endsOn) }) : null)
		),
		limits: of('limit', ({ text }) => text),
		expects: own.filter(({ kind, topic }) => kind === 'objective' && topic === 'own').map(({ text }) => text)
	};
}

const kindsInMoney = (line: Said): boolean => line.topic === 'money';

/** A table of the text, or null when it would be empty. */
export function tableFor(facts: Facts, placeholder: TablePlaceholder): Table | null {
	const table = (header: string[], rows: string[][], more: Partial<Table> = {}): Table | null =>
		rows.length ? { header, rows, totals: [], right: [], ...more } : null;
	switch (placeholder) {
		case 'partners':
			return table(
				[
					m.agreements_column_partner(),
					m.agreements_column_register(),
					m.agreements_column_role(),
					m.agreements_column_represented()
				],
				facts.parties.map(({ name, kind, register, role, place, representative }) => [
					`${name}\n${word(`organisations_kind_${kind}`)}`,
					register ?? '',
					[word(`cooperations_role_${role}`), place].filter(Boolean).join(' · '),
					representative ? [representative.name, representative.capacity].filter(Boolean).join(', ') : ''
				])
			);
		case 'schedule': {
			const dates = read(facts, placeholder).toSorted(
				(a, b) =>
					phases.indexOf(a.phase) - phases.indexOf(b.phase) ||
					((a.startsOn ?? '9') < (b.startsOn ?? '9') ? -1 : (a.startsOn ?? '9') > (b.startsOn ?? '9') ? 1 : 0)
			);
			return table(
				[m.agreements_column_phase(), m.agreements_column_day(), m.agreements_column_what(), m.agreements_column_nature()],
				dates.map((line) => [
					line.phase ? word(`agreements_phase_${line.phase}`) : '',
					period(line) || m.agreements_day_unknown(),
					line.text,
					word(`agreements_date_${line.topic === 'administrative' ? 'administrative' : 'project'}`)
				])
			);
		}
		case 'commitments': {
			const rows = facts.parties.flatMap(({ organisationId, name }) => {
				const { brings, answersFor, does } = commitmentsOf(facts, organisationId);
				return brings.length + answersFor.length + does.length
					? [[name, brings.join('\n'), answersFor.join('\n'), does.join('\n')]]
					: [];
			});
			return table(
				[m.agreements_column_partner(), m.agreements_column_brings(), m.agreements_column_answers(), m.agreements_column_does()],
				rows
			);
		}
		case 'budget': {
			const lines = read(facts, placeholder);
			const totals = [true, false].flatMap((inMoney) => {
				const sums = new Map<string, number>();
				for (const { topic, cents, currency } of lines)
					if ((topic === 'money') === inMoney && cents !== null && currency !== null)
						sums.set(currency, (sums.get(currency) ?? 0) + cents);
				return [...sums].map(([currency, cents]) => [
					inMoney ? m.agreements_total_money() : m.agreements_total_kind(),
					'',
					'',
					money(cents, currency),
					''
				]);
			});
			return table(
				[
					m.agreements_column_who_brings(),
					m.agreements_column_brought(),
					m.agreements_column_nature(),
					m.agreements_column_value(),
					m.agreements_column_holder()
				],
				lines.map((line) => [
					ownerOf(line).name,
					aside(line.text, amount(line)),
					kindsInMoney(line) ? m.agreements_in_money() : m.agreements_in_kind(),
					value(line) ?? '',
					line.holderName ?? ''
				]),
				{ totals, right: [3] }
			);
		}
		case 'signatures':
			return table(
				[
					m.agreements_column_partner(),
					m.agreements_column_signatory(),
					m.agreements_column_date(),
					m.agreements_column_signature()
				],
				facts.parties.map(({ name }) => [name, '', '', ''])
			);
	}
}

export function filled(facts: Facts, placeholder: Placeholder): boolean {
	const { shape } = placeholders[placeholder];
	if (shape === 'words') return wordsFor(facts, placeholder) !== null;
	if (shape === 'list') return listFor(facts, placeholder as ListPlaceholder).length > 0;
	return tableFor(facts, placeholder as TablePlaceholder) !== null;
}

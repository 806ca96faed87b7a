import type { Identifier, IdentifierKind } from '#modules/organisations/rules/identifiers.ts';
import { recentFor, type Source } from '#modules/register/rules/sources.ts';

/** What a person may see of a record to tell whether it is theirs. */
export type Fact = {
	source: string;
	key: string;
	active: boolean;
	declaredOn: string | null;
	vanishedAt: Date | null;
	endedOn: string | null;
};

/** The number under which a register keeps a record. */
export function numberOf({ source, key }: { source: string; key: string }): Identifier | null {
	const kinds: Record<Source, IdentifierKind> = { 'rna-waldec': 'rna', 'rna-import': 'prefecture', sirene: 'siren', bce: 'bce' };
	const kind = kinds[source as Source];
	return kind ? { kind, value: key } : null;
}

/** All the numbers that a record bears: its own, and those of other registers that it publishes. */
export function numbersOf(record: {
	source: string;
	key: string;
	rna: string | null;
	siren: string | null;
	siret: string | null;
}): Identifier[] {
	const own = numberOf(record);
	const others = (['rna', 'siren', 'siret'] as const).flatMap((kind) => (record[kind] ? [{ kind, value: record[kind] }] : []));
	return [...new Map([...(own ? [own] : []), ...others].map((one) => [`${one.kind} ${one.value}`, one])).values()];
}

/** What a record says of itself today: it lives, it has ended, or its register no longer lists it. */
export const stateOf = ({ active, vanishedAt }: Pick<Fact, 'active' | 'vanishedAt'>): 'active' | 'ended' | 'vanished' =>
	vanishedAt ? 'vanished' : active ? 'active' : 'ended';

/** The latest grant that was published: of a year alone, `on` is its first day. */
export type GrantFact = { giver: string | null; cents: number; on: string; dayKnown: boolean };

/** What the gazette announced: the latest that shows a life, and the day on which a dissolution was published that still holds. */
export type GazetteFacts = { latest: { kind: string; on: string } | null; dissolvedOn: string | null };

export type Sign =
	| { sign: 'confirmed'; on: string }
	| { sign: 'siret' }
	| { sign: 'bce' }
	| ({ sign: 'grant' } & GrantFact)
	| { sign: 'announced'; on: string; kind: string }
	| { sign: 'declared'; on: string; source: string };

/**
 * What shows that an organisation lives: its own people here said so, one of its addresses is open at SIRENE, it is active at the Belgian
 * register, it received a grant, the
 * gazette announced something of it, or it declared a change lately. What came before a published dissolution shows nothing any more,
 * nor does an address, of which no day is known. `daysSince` counts days up to today.
 */
export function signsOfLife(
	{
		confirmedOn,
		records,
		grant,
		gazette: { latest, dissolvedOn }
	}: { confirmedOn: string | null; records: Fact[]; grant: GrantFact | null; gazette: GazetteFacts },
	daysSince: (day: string) => number
): Sign[] {
	const recent = (day: string) => daysSince(day) >= 0 && daysSince(day) <= recentFor && (!dissolvedOn || day > dissolvedOn);
	const living = records.filter((one) => stateOf(one) === 'active');
	const declared = living
		.flatMap(({ declaredOn, source }) => (declaredOn && recent(declaredOn) ? [{ on: declaredOn, source }] : []))
		.toSorted((a, b) => (a.on < b.on ? 1 : -1))[0];
	return [
		...(confirmedOn && recent(confirmedOn) ? [{ sign: 'confirmed' as const, on: confirmedOn }] : []),
		...(!dissolvedOn && living.some(({ source }) => source === 'sirene') ? [{ sign: 'siret' as const }] : []),
		...(!dissolvedOn && living.some(({ source }) => source === 'bce') ? [{ sign: 'bce' as const }] : []),
		...(grant && recent(grant.on) ? [{ sign: 'grant' as const, ...grant }] : []),
		...(latest && recent(latest.on) ? [{ sign: 'announced' as const, ...latest }] : []),
		...(declared ? [{ sign: 'declared' as const, ...declared }] : [])
	];
}

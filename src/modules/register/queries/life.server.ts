import { livingKinds } from '../gazette/rules.ts';
import { recentFor } from '../rules/sources.ts';

/*
 * What published files say of the life of a body, as SQL: pages ask it of one body, the directory and the search among registers of
 * all. `numbers` is an array of RNA numbers and SIREN, `since` and `at` are instants.
 */

const living = livingKinds.map((kind) => `'${kind}'`).join(', ');

/** The day on which the dissolution of a number was published, where nothing that came after takes it back. */
const dissolvedOn = (number: string, at: string): string => `(select max(d.published_on) from official_announcements d
	where d.number = ${number} and d.kind = 'dissolved' and d.published_on <= (${at})::date
	and not exists (select from official_announcements k where k.number = d.number
		and (k.kind in ('created', 'changed') and k.published_on > d.published_on or k.kind = 'cancelled' and k.published_on >= d.published_on)))`;

/** The day on which the dissolution of a body was published; of several associations in one, that of the last. */
export const dissolutionOf = (numbers: string, at: string): string => `(select max(one.day) from
	(select n.of, ${dissolvedOn('n.of', at)} as day from unnest(${numbers}) as n (of)) one
	having not bool_or(one.day is null and one.of like 'W%'))`;

/** Whether a grant to one of these was published. */
export const grantedBetween = (numbers: string, since: string, at: string): string => `(
	exists (select from official_grants g where g.siren = any (${numbers}) and g.amount_cents > 0
		and g.granted_on between (${since})::date and (${at})::date)
	or exists (select from official_grants g where g.rna = any (${numbers}) and g.amount_cents > 0
		and g.granted_on between (${since})::date and (${at})::date))`;

/** Whether the gazette announced something of one of these that shows that it lives. */
export const announcedBetween = (numbers: string, since: string, at: string): string => `(
	exists (select from official_announcements a where a.number = any (${numbers}) and a.kind in (${living})
		and a.published_on between (${since})::date and (${at})::date)
	or exists (select from official_announcements a where a.siren = any (${numbers}) and a.kind in (${living})
		and a.published_on between (${since})::date and (${at})::date))`;

const numberOfRecord = `case when b.source = 'rna-waldec' then b.key else b.rna end`;

/** Whether the register of a record `b` says that it ended, or the gazette that it was dissolved. */
export const endedAt = (at: string): string =>
	`(not b.active or b.ended_on is not null or b.vanished_at is not null or ${dissolvedOn(numberOfRecord, at)} is not null)`;

/**
 * How a record `b` is ranked: 0 when it ended; 2 when it shows a sign of life, by a declaration, a grant or an announcement of the
 * last years, by a SIREN, or by standing at the Belgian register, which lists only what is active; else 1.
 */
export function lifeOf(at: string): string {
	const since = `${at} - make_interval(days => ${recentFor})`;
	const numbers = `array[${numberOfRecord}]`;
	return `case when ${endedAt(at)} then 0 when b.declared_on >= (${since})::date or b.siren is not null or b.source = 'bce'
		or ${grantedBetween(numbers, since, at)} or ${announcedBetween(numbers, since, at)} then 2 else 1 end`;
}

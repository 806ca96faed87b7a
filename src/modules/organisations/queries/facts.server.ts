import { sql } from 'kysely';
import { m } from '#words';
import type { Context, Reader } from '#platform/context.server.ts';
import { orNobody } from '#platform/ids.ts';
import { mayManage } from '../policy.ts';
import { placeOf } from '../queries.server.ts';
import { townAndCountry } from '../rules/countries.ts';

/** What the directory says of some organisations, by id, for themselves: whoever is asked whether it is true. Never their street. */
export async function factsOfAll(db: Reader, organisationIds: string[]) {
	const rows = await db
		.selectFrom('organisations')
		.select(['id', 'name', 'kind', 'purpose', 'themes', 'communeCode', 'communeName', 'phone', 'email', 'website', 'channels'])
		.where('id', 'in', orNobody(organisationIds))
		.execute();
	return new Map(rows.map((row) => [row.id, { ...row, place: placeOf(row) }]));
}

/** The same of one organisation. */
export const factsOf = async (db: Reader, organisationId: string) =>
	(await factsOfAll(db, [organisationId])).get(organisationId)!;

/** Those that confirmed their facts since then: a subquery of organisations. */
export const confirmedSince = (db: Reader, since: Date) =>
	db.selectFrom('factConfirmations').select('organisationId').where('confirmedAt', '>', since);

/** When each of these last said that its facts were true, or corrected them. */
export async function lastConfirmations(db: Reader, organisationIds: string[]): Promise<Map<string, Date>> {
	if (!organisationIds.length) return new Map();
	const rows = await db
		.selectFrom('factConfirmations')
		.select(['organisationId', sql<Date>`max(confirmed_at)`.as('at')])
		.where('organisationId', 'in', organisationIds)
		.groupBy('organisationId')
		.execute();
	return new Map(rows.map(({ organisationId, at }) => [organisationId, at]));
}

/** Where letters go and when the facts were last confirmed, for those who manage the organisation; null for anybody else. */
export async function findOwnAddress({ db, actor }: Context, organisationId: string) {
	if (!mayManage(actor, organisationId)) return null;
	const row = await db
		.selectFrom('organisations')
		.select(['street', 'postcode'])
		.where('id', '=', organisationId)
		.executeTakeFirstOrThrow();
	return { ...row, confirmedAt: (await lastConfirmations(db, [organisationId])).get(organisationId) ?? null };
}

/** The lines of an envelope, for paper only: the caller says of whom the street may be read. */
export async function postalLinesOf(
	db: Reader,
	organisationIds: string[],
	withStreet: ReadonlySet<string>
): Promise<Map<string, { lines: string[]; complete: boolean }>> {
	if (!organisationIds.length) return new Map();
	const rows = await db
		.selectFrom('organisations')
		.select(['id', 'name', 'street', 'postcode', 'communeCode', 'communeName'])
		.select((eb) =>
			eb
				.exists(
					eb
						.selectFrom('organisationIdentifiers as n')
						.whereRef('n.organisationId', '=', 'organisations.id')
						.where('n.kind', '=', 'bce')
						.select('n.organisationId')
				)
				.as('belgian')
		)
		.where('id', 'in', organisationIds)
		.execute();
	return new Map(
		rows.map((row) => {
			const street = withStreet.has(row.id) ? (row.street?.trim() ?? '') : '';
			const { town, country } = row.communeCode
				? { town: (placeOf(row) ?? '').replace(/ \(.*\)$/, ''), country: null }
				: townAndCountry(row.communeName ?? '');
			const there = country ?? (row.belgian && !row.communeCode ? m.organisations_country_belgium() : null);
			const last = [[row.postcode, town].filter(Boolean).join(' '), there ?? ''].map((line) => line.toUpperCase());
			return [
				row.id,
				{ lines: [row.name, ...street.split('\n'), ...last].filter(Boolean), complete: Boolean(street && row.postcode) }
			];
		})
	);
}

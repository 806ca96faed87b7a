import { sql } from 'kysely';
import { ask, type Reader } from '#platform/context.server.ts';
import { orNobody } from '#platform/ids.ts';
import { mayToday, held } from './belongings.server.ts';

/** Where organisations are registered, and who can sign for each: what an agreement says of its partners. */
export async function registrationsOf(db: Reader, organisationIds: string[], now: Date) {
	const ids = orNobody(organisationIds);
	const rows = await db
		.selectFrom('organisations')
		.select(['id', 'kind', 'communeCode', 'postcode', 'zone'])
		.where('id', 'in', ids)
		.execute();
	const identifiers = await db
		.selectFrom('organisationIdentifiers')
		.select(['organisationId', 'kind', 'value'])
		.where('organisationId', 'in', ids)
		.orderBy('kind')
		.orderBy('value')
		.execute();
	const signatories = await ask(
		db,
		sql<{ organisationId: string; name: string; title: string | null }>`
		select distinct on (m.organisation_id) m.organisation_id, p.name, m.title
		from memberships m join organisations o on o.id = m.organisation_id join persons p on p.id = m.person_id, ${held(now)}
		where m.organisation_id in (${sql.join(ids)}) and m.left_at is null and ${mayToday} = 'sign'
		order by m.organisation_id, manager, m.joined_at`
	);
	return new Map(
		rows.map((row) => [
			row.id,
			{
				...row,
				identifiers: identifiers.filter(({ organisationId }) => organisationId === row.id),
				signatory: signatories.find(({ organisationId }) => organisationId === row.id) ?? null
			}
		])
	);
}

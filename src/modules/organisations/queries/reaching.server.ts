import type { Context, Reader } from '#platform/context.server.ts';
import { orNobody } from '#platform/ids.ts';
import { findCommune } from '#modules/territories/queries.server.ts';
import { keptOf, summary } from '../queries.server.ts';

/**
 * What an envelope says of organisations, a line each. A street is often somebody's home: it is there only for the organisations
 * whose street the caller says the reader may know, and is left to the pen for the others.
 */
export async function envelopesOf(db: Reader, ids: string[], known: ReadonlySet<string>): Promise<Map<string, string[]>> {
	if (!ids.length) return new Map();
	const rows = await db
		.selectFrom('organisations')
		.select(['id', 'name', 'street', 'postcode', 'communeCode', 'communeName'])
		.where('id', 'in', [...new Set(ids)])
		.execute();
	return new Map(
		rows.map(({ id, name, street, postcode, communeCode, communeName }) => {
			const commune = (communeCode ? findCommune(communeCode)?.name : null) ?? communeName;
			const town = [postcode, commune].filter(Boolean).join(' ');
			return [id, [name, (known.has(id) && street) || '', town]];
		})
	);
}

/** The telephone number that an organisation shows to those who signed in. */
export async function phoneOf(db: Reader, id: string): Promise<string | null> {
	return (await db.selectFrom('organisations').select('phone').where('id', '=', id).executeTakeFirst())?.phone ?? null;
}

/** The address of each organisation that has one: for those who invite it. */
export async function addressesOf(db: Reader, organisationIds: string[]): Promise<Map<string, string>> {
	if (!organisationIds.length) return new Map();
	const rows = await db.selectFrom('organisations').select(['id', 'email']).where('id', 'in', organisationIds).execute();
	return new Map(rows.flatMap(({ id, email }) => (email ? [[id, email] as const] : [])));
}

/**
 * How several organisations are reached: what the directory says, and who manages them; one that was merged, as the one that was
 * kept. `email` may be that of somebody who manages it, to write to; `ownEmail` is what the organisation says of itself.
 */
export async function contactsOf({ db }: Context, ids: string[]) {
	if (!ids.length) return new Map<string, never>();
	const rows = await db
		.selectFrom('organisations as named')
		.innerJoin('organisations as o', (join) => join.on('o.id', '=', keptOf('named')))
		.select(['named.id', 'o.id as kept', 'o.phone', 'o.email', 'o.channels'])
		.select(['o.code', 'o.kind', 'o.name', 'o.shortName', 'o.purpose', 'o.communeCode', 'o.communeName', 'o.postcode'])
		.where('named.id', 'in', [...new Set(ids)])
		.execute();
	const managers = await db
		.selectFrom('managers as g')
		.innerJoin('memberships as m', 'm.id', 'g.membershipId')
		.innerJoin('persons as p', 'p.id', 'm.personId')
		.select(['m.organisationId', 'p.id', 'p.name', 'p.email'])
		.where('m.organisationId', 'in', orNobody(rows.map(({ kept }) => kept)))
		.where('m.leftAt', 'is', null)
		.where('g.until', 'is', null)
		.execute();
	const byOrganisation = Map.groupBy(managers, ({ organisationId }) => organisationId);
	return new Map(
		rows.map((row) => {
			const people = byOrganisation.get(row.kept) ?? [];
			const { phone, email: ownEmail, channels } = row;
			const email = ownEmail ?? people.find((one) => one.email)?.email ?? null;
			return [row.id, { ...summary(row), phone, email, ownEmail, channels, managers: people }];
		})
	);
}

/** Where an organisation can be written to when none of its people has an account. */
export const contactOf = (db: Reader, id: string) =>
	db.selectFrom('organisations').select(['name', 'email']).where('id', '=', id).executeTakeFirst();

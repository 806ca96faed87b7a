import { sql } from 'kysely';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { mayNameAdministrators } from '../policy.ts';

/** Every read of accounts starts here: for whoever looks after the instance, and nobody else. */
const visiblePersons = ({ db, actor }: Context) =>
	db.selectFrom('persons').$if(!mayNameAdministrators(actor), (query) => query.where(sql<boolean>`false`));

const shown = [
	'id',
	'name',
	sql<string | null>`email`.as('email'),
	'createdAt',
	sql<boolean>`administrator_since is not null`.as('administrator')
] as const;

const personsOnAPage = 50;

/** The accounts whose name or e-mail holds the words. */
const personsWith = (context: Context, words: string) =>
	words
		.split(/\s+/)
		.filter(Boolean)
		.slice(0, 6)
		.reduce(
			(query, one) =>
				query.where(
					sql<boolean>`plain(name || ' ' || coalesce(email::text, '')) like '%' || plain(${one.replace(/[%_\\]/g, '\\$&')}) || '%'`
				),
			visiblePersons(context)
		);

/** One page of the accounts by name, of those that hold the words; how many they are, who administers, who has no e-mail. */
export async function listPersons(context: Context, { words, page }: { words: string; page: number }) {
	const persons = await personsWith(context, words)
		.select(shown)
		.orderBy(sql`name collate "fr-x-icu"`)
		.orderBy('id')
		.limit(personsOnAPage)
		.offset((page - 1) * personsOnAPage)
		.execute();
	const counts = await personsWith(context, words)
		.select([
			sql<number>`count(*)::int`.as('all'),
			sql<number>`count(*) filter (where administrator_since is not null)::int`.as('administrators'),
			sql<number>`count(*) filter (where email is null)::int`.as('unreached')
		])
		.executeTakeFirstOrThrow();
	return { persons, counts, pages: Math.max(1, Math.ceil(counts.all / personsOnAPage)) };
}

/** Those who look after the instance. */
export const listAdministrators = (context: Context) =>
	visiblePersons(context)
		.select(shown)
		.where('administratorSince', 'is not', null)
		.orderBy(sql`name collate "fr-x-icu"`)
		.orderBy('id')
		.execute();

/** One account. */
export async function findPerson(context: Context, id: string) {
	const person = await visiblePersons(context).select(shown).where('id', '=', id).executeTakeFirst();
	if (!person) throw new NotFound();
	return person;
}

/** What administrators did lately about accounts: who, about whom, when. */
export const listActs = ({ db, actor }: Context) =>
	db
		.selectFrom('administrationActs as a')
		.innerJoin('persons as b', 'b.id', 'a.byPerson')
		.innerJoin('persons as c', 'c.id', 'a.aboutPerson')
		.$if(!mayNameAdministrators(actor), (query) => query.where(sql<boolean>`false`))
		.select(['a.id', 'a.at', 'a.act', 'b.name as by', 'c.name as about'])
		.orderBy('a.at', 'desc')
		.orderBy('a.id', 'desc')
		.limit(20)
		.execute();

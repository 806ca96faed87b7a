import { sql } from 'kysely';
import type { Context, Reader } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { hashToken } from '#platform/secrets.server.ts';
import { attemptsCountFor, usable, type EntryLink } from './rules.ts';

export type Account = { id: string; name: string; email: string | null; phone: string | null; hasPassword: boolean };

/** One person, as an actor carries them: the beginning of a larger question. */
export const personById = (db: Reader, id: string) =>
	db
		.selectFrom('persons as p')
		.select(['p.id', 'p.name', sql<boolean>`p.administrator_since is not null`.as('administrator')])
		.where('p.id', '=', id);

/** The same, of a session that has not ended. */
export const personOfSession = (db: Reader, token: string, now: Date) =>
	db
		.selectFrom('sessions as s')
		.innerJoin('persons as p', 'p.id', 's.personId')
		.select(['p.id', 'p.name', sql<boolean>`p.administrator_since is not null`.as('administrator')])
		.where('s.tokenHash', '=', hashToken(token))
		.where('s.expiresAt', '>', now);

/** Whose session it was, even when it has ended: for what they were typing then, and for nothing else. */
export async function findOwnerOfSession(db: Reader, token: string): Promise<string | null> {
	const row = await db.selectFrom('sessions').select('personId').where('tokenHash', '=', hashToken(token)).executeTakeFirst();
	return row?.personId ?? null;
}

/** One's own account; nobody sees another's. */
export async function findAccount({ db, actor }: Context): Promise<Account> {
	if (actor.is !== 'person') throw new NotFound();
	const person = await db
		.selectFrom('persons')
		.select(['id', 'name', 'email', 'phone', sql<boolean>`password_hash is not null`.as('hasPassword')])
		.where('id', '=', actor.id)
		.executeTakeFirst();
	if (!person) throw new NotFound();
	return person;
}

/** In how many browsers one is signed in. */
export async function countSessions({ db, now, actor }: Context): Promise<number> {
	if (actor.is !== 'person') return 0;
	const { count } = await db
		.selectFrom('sessions')
		.select(sql<number>`count(*)::int`.as('count'))
		.where('personId', '=', actor.id)
		.where('expiresAt', '>', now)
		.executeTakeFirstOrThrow();
	return count;
}

/** How often somebody asked for another address within a day. */
export async function countAddressChanges({ db, now }: Context, personId: string): Promise<number> {
	const { count } = await db
		.selectFrom('addressChanges')
		.select(sql<number>`count(*)::int`.as('count'))
		.where('personId', '=', personId)
		.where('askedAt', '>', new Date(now.getTime() - 86_400_000))
		.executeTakeFirstOrThrow();
	return count;
}

/** The address that one asked for and that waits to be proven. */
export async function findWaitingEmail({ db, now, actor }: Context): Promise<string | null> {
	if (actor.is !== 'person') return null;
	const change = await db
		.selectFrom('addressChanges')
		.select('email')
		.where('personId', '=', actor.id)
		.where('confirmedAt', 'is', null)
		.where('expiresAt', '>', now)
		.executeTakeFirst();
	return change?.email ?? null;
}

/** A change of address by the secret of its link, whatever its state. */
export async function findAddressChange({ db, now }: Context, token: string) {
	const row = await db
		.selectFrom('addressChanges as a')
		.innerJoin('persons as p', 'p.id', 'a.personId')
		.select(['a.personId', 'a.email', 'a.expiresAt', 'a.confirmedAt', 'p.name', 'p.email as oldEmail'])
		.where('a.tokenHash', '=', hashToken(token))
		.executeTakeFirst();
	if (!row) throw new NotFound('link');
	const state = row.confirmedAt ? ('used' as const) : row.expiresAt <= now ? ('expired' as const) : ('waiting' as const);
	return { ...row, state };
}

/** What this module holds about oneself, for the export. */
export async function listOwnAccount({ db, actor }: Context) {
	if (actor.is !== 'person') throw new NotFound();
	const person = await db
		.selectFrom('persons')
		.select(['name', 'email', 'phone', 'administratorSince', 'createdAt'])
		.where('id', '=', actor.id)
		.executeTakeFirstOrThrow();
	const sessions = await db
		.selectFrom('sessions')
		.select(['createdAt', 'expiresAt'])
		.where('personId', '=', actor.id)
		.orderBy('createdAt')
		.execute();
	const addresses = await db
		.selectFrom('addressChanges')
		.select(['email', 'askedAt', 'confirmedAt'])
		.where('personId', '=', actor.id)
		.orderBy('askedAt')
		.execute();
	const entryLinks = await db
		.selectFrom('entryLinks')
		.select(['madeAt', 'expiresAt', 'usedAt'])
		.where('personId', '=', actor.id)
		.orderBy('madeAt')
		.execute();
	const administration = await db
		.selectFrom('administrationActs')
		.select([
			'at',
			'act',
			sql<boolean>`by_person = ${actor.id}`.as('byMe'),
			sql<boolean>`about_person = ${actor.id}`.as('aboutMe')
		])
		.where((eb) => eb.or([eb('byPerson', '=', actor.id), eb('aboutPerson', '=', actor.id)]))
		.orderBy('at')
		.execute();
	return { ...person, sessions, addresses, entryLinks, administration };
}

/** An entry link, whatever its state; a wrong one is refused in words, because it came from somebody's mail. */
export async function findEntryLink({ db }: Pick<Context, 'db'>, token: string): Promise<EntryLink> {
	const link = await db
		.selectFrom('entryLinks')
		.select(['personId', 'expiresAt', 'usedAt'])
		.where('tokenHash', '=', hashToken(token))
		.executeTakeFirst();
	if (!link) throw new Refused('people.link-unknown');
	return link;
}

/** What a link's page has to say: it can be used, by somebody we know or by the first administrator; or why it can't. */
export async function linkState(context: Context, token: string): Promise<'person' | 'first' | 'used' | 'expired' | 'unknown'> {
	try {
		const link = await findEntryLink(context, token);
		usable(link, context.now);
		return link.personId ? 'person' : 'first';
	} catch (problem) {
		if (!(problem instanceof Refused)) throw problem;
		return problem.code === 'people.link-used' ? 'used' : problem.code === 'people.link-expired' ? 'expired' : 'unknown';
	}
}

/** For those who sign in and those who are invited: never shown on a page. */
export const findByEmail = (db: Reader, email: string) =>
	db.selectFrom('persons').select(['id', 'name', 'email', 'passwordHash']).where('email', '=', email).executeTakeFirst();

const count = (key: Buffer) => sql<number>`count(*) filter (where key = ${key})::int`;

/** How often somebody tried lately, with this e-mail and from this network address. */
export async function countAttempts({ db, now }: Pick<Context, 'db' | 'now'>, keys: { email: Buffer; network: Buffer }) {
	const since = new Date(now.getTime() - attemptsCountFor);
	return db
		.selectFrom('signInAttempts')
		.select([count(keys.email).as('email'), count(keys.network).as('network')])
		.where('key', 'in', [keys.email, keys.network])
		.where('at', '>', since)
		.executeTakeFirstOrThrow();
}

/** Whether somebody looks after this instance. */
export async function hasAdministrator(db: Reader): Promise<boolean> {
	const found = await db
		.selectFrom('persons')
		.select('id')
		.where('administratorSince', 'is not', null)
		.limit(1)
		.executeTakeFirst();
	return found !== undefined;
}

/** Where some people are written to, by id: the caller has been allowed. */
export async function emailsOf(db: Reader, ids: string[]): Promise<Map<string, string>> {
	if (!ids.length) return new Map();
	const rows = await db
		.selectFrom('persons')
		.select(['id', 'email'])
		.where('id', 'in', ids)
		.where('email', 'is not', null)
		.execute();
	return new Map(rows.map(({ id, email }) => [id, email!]));
}

/** The names of some people, for the pages of other modules. */
export async function namesOfPersons(db: Reader, ids: string[]): Promise<Map<string, string>> {
	if (!ids.length) return new Map();
	const rows = await db
		.selectFrom('persons')
		.select(['id', 'name'])
		.where('id', 'in', [...new Set(ids)])
		.execute();
	return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Whether nobody has ever been here. */
export async function isEmpty(db: Reader): Promise<boolean> {
	return (await db.selectFrom('persons').select('id').limit(1).executeTakeFirst()) === undefined;
}

/** Those who look after the instance, whoever asks: to tell them what is theirs to know. */
export const administratorsOf = (db: Reader) =>
	db
		.selectFrom('persons')
		.select(['id as personId', 'name', 'email'])
		.where('administratorSince', 'is not', null)
		.where('erasedAt', 'is', null)
		.execute();

/** The name and the address of somebody who convenes others: those who are invited see both. */
export const findContact = (db: Reader, id: string) =>
	db.selectFrom('persons').select(['id', 'name', 'email']).where('id', '=', id).executeTakeFirst();

/** Where to write to some people: for the product's own jobs. */
export async function listRecipients({ db, actor }: Context, ids: string[]) {
	if (actor.is !== 'system' || !ids.length) return [];
	return db.selectFrom('persons').select(['id', 'name', 'email']).where('id', 'in', ids).execute();
}

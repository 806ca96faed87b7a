import { sql } from 'kysely';
import { accompaniedOrganisations, trustedCommunes } from '#modules/hubs/queries.server.ts';
import { pathOf } from '#modules/organisations/queries.server.ts';
import { listOfficialOf } from '#modules/register/queries.server.ts';
import { administers, hubsOf, personOf } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { mayDecide } from './policy.ts';
import { stateOf, type Known, type Way } from './rules.ts';

/** What is claimed: an entry of the directory. */
export type Target = { organisationId: string; name: string };

/** What is known of an organisation's site and address, without what the claimant wrote there. */
export async function knownOf(context: Context, target: Target): Promise<Known[]> {
	const me = personOf(context.actor);
	const { db } = context;
	const known: Known[] = [];
	for (const { website } of await listOfficialOf(context, target.organisationId))
		known.push({ by: 'register', website, email: null });
	const own = await db
		.selectFrom('organisations as o')
		.select(['o.website', 'o.email', 'o.registeredBy'])
		.select((eb) =>
			eb
				.exists(
					eb
						.selectFrom('entries as e')
						.select('e.n')
						.whereRef('e.chain', '=', 'o.id')
						.where(sql`e.ids ->> 'person'`, '=', me)
						.where('e.verb', 'in', ['profile-changed', 'organisation-registered'])
				)
				.as('mine')
		)
		.where('o.id', '=', target.organisationId)
		.executeTakeFirst();
	if (own && !own.mine && own.registeredBy !== me) known.push({ by: 'directory', website: own.website, email: own.email });
	return known;
}

const claims = ({ db }: Pick<Context, 'db'>) =>
	db
		.selectFrom('claims as c')
		.innerJoin('persons as p', 'p.id', 'c.personId')
		.innerJoin('organisations as o', 'o.id', 'c.organisationId')
		.select(['c.id', 'c.personId', 'c.organisationId', 'c.way', 'c.email', 'c.knownBy', 'c.words', 'c.askedAt'])
		.select([
			'c.expiresAt',
			'c.grantedAt',
			'c.refusedAt',
			'c.refusal',
			'c.withdrawnAt',
			'c.tries',
			'c.codeHash',
			'c.codeExpiresAt'
		])
		.select(['c.letterAt', 'c.letterKey', 'p.name as person', 'o.name', 'o.code', 'o.communeCode']);

type ClaimRow = Awaited<ReturnType<ReturnType<typeof claims>['executeTakeFirstOrThrow']>>;

const seen = ({ code, codeHash, letterKey: _key, ...row }: ClaimRow, now: Date) => ({
	...row,
	way: row.way as Way,
	state: stateOf(row, now),
	coded: codeHash !== null,
	path: pathOf({ name: row.name, code })
});
export type Claim = ReturnType<typeof seen>;

/** One claim with its secrets, for those who answer it; the caller says who may. */
export async function findClaim(context: Pick<Context, 'db'>, id: string) {
	const row = await claims(context).where('c.id', '=', id).executeTakeFirst();
	if (!row) throw new NotFound();
	return row;
}

/** One's own claims on something, the latest first. */
export async function listMyClaims(context: Context, target: Target): Promise<Claim[]> {
	const me = personOf(context.actor);
	if (!me) return [];
	const rows = await claims(context)
		.where('c.personId', '=', me)
		.where('c.organisationId', '=', target.organisationId)
		.orderBy('c.askedAt', 'desc')
		.orderBy('c.id', 'desc')
		.limit(10)
		.execute();
	return rows.map((row) => seen(row, context.now));
}

/** How many claims one has waiting, and how many codes went to this organisation within a day. */
export async function countRecent({ db, now, actor }: Context, target: Target): Promise<{ waiting: number; codes: number }> {
	return db
		.selectFrom('claims')
		.select([
			sql<number>`(count(*) filter (where person_id = ${personOf(actor)} and granted_at is null and refused_at is null
				and withdrawn_at is null and expires_at > ${now}))::int`.as('waiting'),
			sql<number>`(count(*) filter (where way = 'address' and asked_at > ${new Date(now.getTime() - 86_400_000)}
				and organisation_id = ${target.organisationId}))::int`.as('codes')
		])
		.where((eb) => eb.or([eb('personId', '=', personOf(actor)), eb('organisationId', '=', target.organisationId)]))
		.executeTakeFirstOrThrow();
}

/** Whether the actor may give the charge of this: one question about where they stand towards it. */
export async function mayDecideOn(
	context: Context,
	about: { personId: string; organisationId: string; communeCode: string | null }
): Promise<boolean> {
	const { actor, db } = context;
	const hubs = hubsOf(actor);
	if (administers(actor)) return mayDecide(actor, about.personId, { accompanied: false, here: false, untouched: false });
	if (!hubs.length) return false;
	const accompanied =
		(await accompaniedOrganisations(context).where('organisationId', '=', about.organisationId).executeTakeFirst()) !== undefined;
	const here =
		about.communeCode !== null &&
		(await trustedCommunes(db, hubs).where('within.communeCode', '=', about.communeCode).executeTakeFirst()) !== undefined;
	const untouched =
		(await db
			.selectFrom('memberships')
			.select('id')
			.where('organisationId', '=', about.organisationId)
			.limit(1)
			.executeTakeFirst()) === undefined;
	return mayDecide(actor, about.personId, { accompanied, here, untouched });
}

/** The claims that wait for the actor's word: all for an administrator, those near their hub for an accompagnateur. */
export async function listClaimsToDecide(context: Context): Promise<Claim[]> {
	const { actor, now } = context;
	const hubs = hubsOf(actor);
	if (!administers(actor) && !hubs.length) return [];
	const rows = await claims(context)
		.where('c.grantedAt', 'is', null)
		.where('c.refusedAt', 'is', null)
		.where('c.withdrawnAt', 'is', null)
		.where('c.expiresAt', '>', now)
		.where('c.way', '<>', 'address')
		.where('c.personId', '<>', personOf(actor)!)
		.$if(!administers(actor), (query) =>
			query.where((eb) =>
				eb.or([
					eb('c.organisationId', 'in', accompaniedOrganisations(context)),
					eb.and([
						eb('o.communeCode', 'in', trustedCommunes(context.db, hubs)),
						eb.not(
							eb.exists(eb.selectFrom('memberships as u').select('u.id').whereRef('u.organisationId', '=', 'c.organisationId'))
						)
					])
				])
			)
		)
		.orderBy('c.askedAt')
		.limit(100)
		.execute();
	return rows.map((row) => seen(row, now));
}

/** The official seat among records, to write on an envelope; null where no register gives one. Never on a page. */
export async function seatAmong({ db }: Context, bodyIds: number[]) {
	if (!bodyIds.length) return null;
	const row = await db
		.selectFrom('officialBodies as b')
		.leftJoin('officialSeats as s', 's.siren', 'b.siren')
		.select(['b.name'])
		.select((eb) => [
			eb.fn.coalesce('b.street', 's.street').as('street'),
			eb.fn.coalesce('b.postcode', 's.postcode').as('postcode'),
			eb.fn.coalesce('b.communeName', 's.communeName').as('communeName')
		])
		.where('b.id', 'in', bodyIds)
		.where((eb) => eb(eb.fn.coalesce('b.postcode', 's.postcode'), 'is not', null))
		.where((eb) => eb(eb.fn.coalesce('b.street', 's.street'), 'is not', null))
		.orderBy('b.active', 'desc')
		.orderBy('b.id')
		.executeTakeFirst();
	return row ?? null;
}

/** The official seat of an organisation, by the records that are its own today. */
export const seatOf = async (context: Context, { organisationId }: { organisationId: string }) =>
	seatAmong(
		context,
		(await listOfficialOf(context, organisationId)).map(({ id }) => id)
	);

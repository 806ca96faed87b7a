import { sql } from 'kysely';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { codeOf } from '#platform/ids.ts';
import { hashToken } from '#platform/secrets.server.ts';
import { pathOf, shown, summary, visibleOrganisations } from '#modules/organisations/queries.server.ts';
import { listInvitations } from '#modules/organisations/queries/invitations.server.ts';
import { listMembers } from '#modules/organisations/queries/people.server.ts';
import { within } from '#modules/organisations/queries/asked.server.ts';
import { findArea } from '#modules/territories/queries/areas.server.ts';
import { keyOf } from '#modules/territories/rules/areas.ts';
import { mayAccompanyFor, mayKeepHub } from '../policy.ts';
import { findHub, houseOf, territoryOf } from '../queries.server.ts';
import { stateOfAddress } from './rules.ts';

/** An open house by its address: everybody who signed in may read what it says of itself, where it works and who accompanies. */
export async function findHouse(context: Context, address: string) {
	const { actor, db } = context;
	if (actor.is !== 'person') throw new NotFound();
	const row = await db
		.selectFrom('hubs as h')
		.innerJoin('organisations as o', 'o.id', 'h.organisationId')
		.select(['h.organisationId as id', 'h.senderName as name', 'h.senderEmail as email', 'h.phone', 'h.hours', 'h.presentation'])
		.select(['h.areaId', 'o.name as organisation', 'o.code', 'o.zone'])
		.where('o.code', '=', codeOf(address))
		.where('h.closedAt', 'is', null)
		.executeTakeFirst();
	if (!row) throw new NotFound();
	const members = await listMembers(context, row.id);
	const organisationPath = pathOf({ name: row.organisation, code: row.code });
	return {
		...row,
		path: houseOf(organisationPath),
		organisationPath,
		/** The address that narrows the directory to its territory. */
		directory: `/structures?lieu=maison-${row.code}`,
		...(await territoryOf(db, row)),
		people: members.filter(({ accompanies }) => accompanies).map(({ name, title }) => ({ name, title })),
		can: { keep: mayKeepHub(actor, row.id), accompany: mayAccompanyFor(actor, row.id) }
	};
}

/** What whoever keeps a house sees besides: its people one by one, who was invited, how it signs. */
export async function findKeeping(context: Context, address: string) {
	const house = await findHouse(context, address);
	if (!house.can.keep) throw new NotFound();
	const hub = await findHub(context, house.id);
	const { signature, replyTo } = await context.db
		.selectFrom('hubs')
		.select(['signature', 'replyTo'])
		.where('organisationId', '=', house.id)
		.executeTakeFirstOrThrow();
	const asked = await context.db
		.selectFrom('hubAddresses')
		.select(['email', 'confirmedAt', 'expiresAt'])
		.where('hubId', '=', house.id)
		.orderBy('askedAt', 'desc')
		.limit(1)
		.executeTakeFirst();
	const members = await listMembers(context, house.id);
	return {
		house,
		hub,
		signature,
		replyTo,
		/** An address that was asked for and not proven yet. */
		asked: asked && stateOfAddress(asked, context.now) === 'waiting' ? asked.email : null,
		members: members.map(({ membershipId, personId, name, title, accompanies }) => ({
			membershipId,
			personId,
			name,
			title,
			accompanies
		})),
		invitations: (await listInvitations(context, house.id))
			.filter((one) => one.accompanies && one.state === 'waiting')
			.map(({ id, name, email, invitedAt }) => ({ id, name, email, invitedAt }))
	};
}

/** The address that a link proves; whoever holds the link may read it. */
export async function findHouseAddress({ db, now }: Context, token: string) {
	const row = await db
		.selectFrom('hubAddresses as a')
		.innerJoin('hubs as h', 'h.organisationId', 'a.hubId')
		.select(['a.hubId', 'a.email', 'a.confirmedAt', 'a.expiresAt', 'h.senderName as hub'])
		.where('a.tokenHash', '=', hashToken(token))
		.executeTakeFirst();
	if (!row) throw new NotFound('link');
	return { hubId: row.hubId, hub: row.hub, email: row.email, state: stateOfAddress(row, now) };
}

const pageSize = 30;
/** Counting stops here: « plus de 1 000 ». */
const mostCounted = 1000;

/**
 * The structures of a house's territory that no house accompanies, by name: for its accompagnateurs and those who keep it. Houses
 * are none of them.
 */
export async function listWithoutHouse(context: Context, house: { id: string; code: string }, page: number) {
	if (!mayAccompanyFor(context.actor, house.id) && !mayKeepHub(context.actor, house.id)) throw new NotFound();
	const area = await findArea(context.db, keyOf('house', house.code));
	const those = visibleOrganisations(context)
		.where(within(area?.codes ?? [], area?.abroad ?? null))
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('accompaniments as a')
						.select('a.id')
						.whereRef('a.organisationId', '=', 'organisations.id')
						.where('a.acceptedAt', 'is not', null)
						.where('a.endedAt', 'is', null)
				)
			)
		)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('hubs as other')
						.select('other.organisationId')
						.whereRef('other.organisationId', '=', 'organisations.id')
						.where('other.closedAt', 'is', null)
				)
			)
		);
	const counted = (
		await those
			.select('id')
			.limit(mostCounted + 1)
			.execute()
	).length;
	const count = Math.min(counted, mostCounted);
	const pages = Math.max(1, Math.ceil(count / pageSize));
	const at = Math.min(page, pages);
	const rows = await those
		.select(shown)
		.orderBy(sql`name collate "fr-x-icu"`)
		.orderBy('id')
		.limit(pageSize)
		.offset((at - 1) * pageSize)
		.execute();
	return { organisations: rows.map(summary), count, beyond: counted > mostCounted, page: at, pages };
}

import { sql } from 'kysely';
import { findPortfolio } from '#modules/accompaniment/portfolio/queries.server.ts';
import { houseOf } from '#modules/hubs/queries.server.ts';
import { listRelations } from '#modules/hubs/queries/relations.server.ts';
import { stateOf } from '#modules/hubs/rules.ts';
import { countNeedsByKind } from '#modules/needs/queries.server.ts';
import { pathOf } from '#modules/organisations/queries.server.ts';
import { listPublications } from '#modules/publications/queries/public.server.ts';
import { administers, organisationsOf, personOf } from '#platform/actor.ts';
import { as, type Context, type Reader } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { addressName, codeOf, orNobody } from '#platform/ids.ts';
import { mayReadAcross } from './policy.ts';
import { across, standingIn } from './rules.ts';

/** The page of a network. */
export const networkPath = ({ name, code }: { name: string; code: string }): string => `/reseaux/${addressName(name, code)}`;

/** Every read across starts here: the living networks of the organisations that one belongs to, and those of the administration for whoever is of it. */
const visibleNetworks = ({ db, actor }: Context) =>
	db
		.selectFrom('networks as n')
		.where('n.endedAt', 'is', null)
		.where((eb) =>
			eb.or([
				eb('n.organisationId', 'in', orNobody(organisationsOf(actor))),
				...(administers(actor) ? [eb('n.organisationId', 'is', null)] : [])
			])
		);

const places = (db: Reader) =>
	db
		.selectFrom('networkHouses as p')
		.innerJoin('hubs as h', 'h.organisationId', 'p.hubId')
		.innerJoin('networks as n', 'n.id', 'p.networkId')
		.leftJoin('organisations as o', 'o.id', 'n.organisationId')
		.innerJoin('organisations as own', 'own.id', 'p.hubId')
		.select(['p.id', 'p.networkId', 'p.hubId', 'p.proposedAt', 'p.acceptedAt', 'p.declinedAt', 'p.endedAt'])
		.select(['h.senderName as house', 'own.name as houseOrganisation', 'own.code as houseCode'])
		.select(['n.name as network', 'n.code', 'n.organisationId', 'o.name as organisation', 'o.code as organisationCode'])
		.where('n.endedAt', 'is', null);

type Place = Awaited<ReturnType<ReturnType<typeof places>['execute']>>[number];

const seen = ({ houseOrganisation, houseCode, organisationCode, ...row }: Place) => ({
	...row,
	standing: standingIn(row),
	housePath: houseOf(pathOf({ name: houseOrganisation, code: houseCode })),
	organisationPath: row.organisation && organisationCode ? pathOf({ name: row.organisation, code: organisationCode }) : null,
	path: networkPath({ name: row.network, code: row.code })
});

/** A house's place in a network, whoever asks: the caller says who may know of it. */
export async function placeById(db: Reader, id: string) {
	const row = await places(db).where('p.id', '=', id).executeTakeFirst();
	return row ? seen(row) : null;
}

/** The networks that a house is in; those that ask it, for whoever keeps it. Everybody who signed in may know who reads across. */
export async function listNetworksOf({ db, actor }: Context, house: { id: string; can: { keep: boolean } }) {
	if (actor.is !== 'person') return [];
	const rows = await places(db)
		.where('p.hubId', '=', house.id)
		.where('p.endedAt', 'is', null)
		.where('p.declinedAt', 'is', null)
		.orderBy('p.proposedAt')
		.limit(100)
		.execute();
	return rows.map(seen).filter(({ standing }) => standing === 'in' || house.can.keep);
}

/** The networks of an instance with the houses asked into them: for administrators. No count is in it. */
export async function listNetworks({ db, actor }: Context) {
	if (!administers(actor)) return [];
	const networks = await db
		.selectFrom('networks as n')
		.leftJoin('organisations as o', 'o.id', 'n.organisationId')
		.select(['n.id', 'n.name', 'n.code', 'o.name as organisation'])
		.where('n.endedAt', 'is', null)
		.orderBy('n.name')
		.limit(100)
		.execute();
	const rows = (
		await places(db)
			.where('p.networkId', 'in', orNobody(networks.map(({ id }) => id)))
			.where('p.endedAt', 'is', null)
			.orderBy('h.senderName')
			.execute()
	).map(seen);
	return networks.map((one) => ({
		...one,
		path: networkPath(one),
		houses: rows
			.filter(({ networkId }) => networkId === one.id)
			.map(({ id, hubId, house, standing }) => ({ id, hubId, house, standing }))
	}));
}

/** The networks that an organisation animates, for those who are of it: they read across. */
export async function listNetworksLedBy(context: Context, organisationId: string) {
	const rows = await visibleNetworks(context)
		.select(['n.id', 'n.name', 'n.code'])
		.where('n.organisationId', '=', organisationId)
		.orderBy('n.name')
		.limit(50)
		.execute();
	return rows.map((row) => ({ id: row.id, name: row.name, path: networkPath(row) }));
}

/**
 * What a network reads across the houses that accepted it: counts, and what is public already. It is read with the eyes of those
 * houses, then counted: no name, no line and no organisation of what is not public leaves this function.
 */
export async function readAcross(context: Context, address: string) {
	const { actor, db } = context;
	const network = await visibleNetworks(context)
		.select(['n.id', 'n.name', 'n.code', 'n.organisationId'])
		.where('n.code', '=', codeOf(address))
		.executeTakeFirst();
	if (!network || !mayReadAcross(actor, network) || actor.is !== 'person') throw new NotFound();
	const rows = (
		await places(db)
			.where('p.networkId', '=', network.id)
			.where('p.declinedAt', 'is', null)
			.where('p.endedAt', 'is', null)
			.where('h.closedAt', 'is', null)
			.orderBy(sql`h.sender_name collate "fr-x-icu"`)
			.limit(200)
			.execute()
	).map(seen);
	const houses = rows.filter(({ standing }) => standing === 'in');
	const hubs = houses.map(({ hubId }) => hubId);
	const base = {
		name: network.name,
		path: networkPath(network),
		asked: rows.filter(({ standing }) => standing === 'asked').map(({ house }) => house)
	};
	if (!hubs.length) return { ...base, houses: [], all: null, needs: [], publications: [] };
	const eyes = as(context, { is: 'person', id: personOf(actor)!, name: '', administrator: false, belongings: [], hubs });
	const { entries } = await findPortfolio(eyes);
	const living = (await listRelations(eyes)).filter((one) => stateOf(one) === 'living');
	const byCooperation = Map.groupBy(living, ({ cooperationId }) => cooperationId ?? '');
	const counted = across(
		hubs,
		entries.map((one) => ({
			houses: (byCooperation.get(one.id) ?? []).map(({ hubId }) => hubId),
			stage: one.stage,
			stalled: one.stalls.length > 0
		}))
	);
	const organisations = [...new Set(living.flatMap(({ organisationId }) => organisationId ?? []))];
	const { publications } = await listPublications(context, {
		among: entries.map(({ id }) => id),
		size: 100
	});
	return {
		...base,
		all: { ...counted.all, organisations: organisations.length },
		houses: houses.map(({ id, hubId, house, housePath }) => ({
			id,
			name: house,
			path: housePath,
			...counted.each.get(hubId)!,
			organisations: living.filter((one) => one.hubId === hubId && one.organisationId).length
		})),
		needs: await countNeedsByKind(context, organisations),
		publications: publications.map(({ title, path, place }) => ({ title, path, place }))
	};
}

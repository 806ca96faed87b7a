import { sql } from 'kysely';
import { hubsOf, type Actor } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { plusDays, today } from '#platform/clock.ts';
import { NotFound } from '#platform/errors.ts';
import { orNobody } from '#platform/ids.ts';
import { findCooperationById, listAccompaniedCooperations, namesOfAsking } from '#modules/cooperations/queries.server.ts';
import { standingOf, isHereOrInvited } from '#modules/cooperations/rules.ts';
import { accompaniedOrganisations, accompanyingHub, listHubs, listMyHubs } from '#modules/hubs/queries.server.ts';
import { listRelations, relationById, relationsOf } from '#modules/hubs/queries/relations.server.ts';
import { stateOf, type Accompanied } from '#modules/hubs/rules.ts';
import { listLateTasks } from '#modules/lines/queries.server.ts';
import { datesOfMeetings } from '#modules/meetings/queries.server.ts';
import { listSilentInvitees } from '#modules/meetings/polls/queries.server.ts';
import { communesOf, summariesOf } from '#modules/organisations/queries.server.ts';
import { contactsOf } from '#modules/organisations/queries/reaching.server.ts';
import { namesOfPersons } from '#modules/people/queries.server.ts';
import { isOfHub, mayAnswer, mayAnswerForSide, mayEnd, type Side } from './policy.ts';
import { patience, whomToCall } from './rules.ts';

const mine = (actor: Actor): string[] => {
	const hubs = hubsOf(actor);
	return orNobody(hubs);
};

const accompanies = async (context: Context, organisationId: string): Promise<string | null> =>
	(await accompaniedOrganisations(context).select('hubId').where('organisationId', '=', organisationId).executeTakeFirst())
		?.hubId ?? null;

/** Every read of calls starts here: the hub that noted them, as long as it is followed, and the organisation itself. */
const visibleCalls = (context: Context) => {
	const { actor, db } = context;
	const own = actor.is === 'person' ? actor.belongings.map(({ organisationId }) => organisationId) : [];
	return db
		.selectFrom('calls as c')
		.where((eb) => eb.or([eb('c.hubId', 'in', mine(actor)), eb('c.organisationId', 'in', orNobody(own))]));
};

/** The calls noted for an organisation, the latest first. */
export async function listCalls(context: Context, organisationId: string, { page = 1, size = 20 } = {}) {
	const rows = await visibleCalls(context)
		.innerJoin('hubs as h', 'h.organisationId', 'c.hubId')
		.select(['c.id', 'c.said', 'c.notedAt', 'c.notedBy', 'c.againOn', 'c.toldAt', 'c.cooperationId', 'h.senderName as hub'])
		.where('c.organisationId', '=', organisationId)
		.orderBy('c.notedAt', 'desc')
		.orderBy('c.id', 'desc')
		.limit(size + 1)
		.offset((page - 1) * size)
		.execute();
	const names = await namesOfPersons(
		context.db,
		rows.map(({ notedBy }) => notedBy)
	);
	return {
		more: rows.length > size,
		calls: rows.slice(0, size).map((row) => ({ ...row, notedBy: names.get(row.notedBy) ?? null }))
	};
}

/** The accompagnateur's day: whom to call and why, from what accepted the hub. The number of queries never depends on how much that is. */
export async function findDay(context: Context) {
	const { actor, db, now } = context;
	if (!hubsOf(actor).length) throw new NotFound();
	const here = today(now, 'Europe/Paris');
	const relations = await listRelations(context);
	const living = relations.filter((one) => stateOf(one) === 'living');
	const cooperations = await listAccompaniedCooperations(context);
	const meetings = await datesOfMeetings(
		context,
		cooperations.map(({ id }) => id)
	);
	const tasks = await listLateTasks(context, { before: plusDays(here, -patience.task) });
	const calls = await db
		.selectFrom('calls as c')
		.select(['c.organisationId', 'c.cooperationId', 'c.notedAt as at'])
		// A promise is kept by the next call.
		.select(
			sql<string | null>`case when c.noted_at = max(c.noted_at) over (partition by c.organisation_id) then c.again_on end`.as(
				'againOn'
			)
		)
		.distinctOn(['c.organisationId', 'c.cooperationId'])
		.where('c.hubId', 'in', mine(actor))
		.orderBy('c.organisationId')
		.orderBy('c.cooperationId')
		.orderBy('c.notedAt', 'desc')
		.execute();
	const accompanied = living.flatMap(({ organisationId, acceptedAt }) =>
		organisationId && acceptedAt ? [{ organisationId, since: acceptedAt }] : []
	);
	const known = new Set([
		...accompanied.map(({ organisationId }) => organisationId),
		...cooperations.flatMap(({ partners }) => partners.map(({ organisationId }) => organisationId))
	]);
	const organisations = await contactsOf(context, [
		...known,
		...relations.flatMap(({ organisationId }) => (organisationId ? [organisationId] : []))
	]);
	const asking = relations.filter((one) => stateOf(one) === 'proposed' && !one.proposedByHub);
	const askers = await namesOfAsking(
		context,
		asking.flatMap(({ cooperationId }) => (cooperationId ? [cooperationId] : []))
	);
	const callable = new Map([...organisations].filter(([id]) => known.has(id)));
	const wanted = whomToCall(
		{
			organisations: callable,
			accompanied,
			cooperations: cooperations.map((one) => ({
				...one,
				spokenFor:
					(
						one.partners.find((partner) => standingOf(partner) === 'accepted' && partner.role === 'lead') ??
						one.partners.find((partner) => standingOf(partner) === 'accepted' && partner.organisationId === one.begunFor) ??
						one.partners.find((partner) => standingOf(partner) === 'accepted')
					)?.organisationId ?? null,
				invited: one.partners.filter((partner) => standingOf(partner) === 'invited'),
				meetingFixed: (meetings.get(one.id)?.next ?? null) !== null
			})),
			tasks: tasks.map(({ cooperationId, text, actingFor, whoOrganisation, endsOn }) => ({
				cooperationId,
				text,
				organisationId: whoOrganisation ?? actingFor,
				dueOn: endsOn!
			})),
			polls: await listSilentInvitees(context),
			calls
		},
		now,
		here
	);
	return {
		today: here,
		hubs: await listMyHubs(context),
		wanted,
		waiting: relations
			.filter((one) => stateOf(one) === 'proposed')
			.map((one) => ({
				...one,
				mine: !one.proposedByHub,
				name: organisations.get(one.organisationId ?? '')?.name ?? askers.get(one.cooperationId ?? '') ?? null
			})),
		organisations: accompanied.flatMap(({ organisationId, since }) => {
			const one = organisations.get(organisationId);
			return one ? [{ ...one, since }] : [];
		}),
		cooperations: cooperations.map(({ id, name, path, lastLineAt, begunAt, partners }) => ({
			id,
			name,
			path,
			lastLineAt,
			begunAt,
			partners: partners.filter((one) => standingOf(one) === 'accepted').length
		}))
	};
}

/** For whom the actor may note a call: in an accompanied cooperation, its partners; else an accompanied organisation. */
export async function findCallable(
	context: Context,
	{ organisationId, cooperationId }: { organisationId: string; cooperationId: string | null }
) {
	const own = await accompanies(context, organisationId);
	const cooperations = (await listAccompaniedCooperations(context)).filter(({ partners }) =>
		partners.some((one) => one.organisationId === organisationId && isHereOrInvited(one))
	);
	const chosen = cooperationId ? cooperations.find(({ id }) => id === cooperationId) : null;
	if (chosen === undefined || (!own && !cooperations.length)) throw new NotFound();
	const contact = (await contactsOf(context, [organisationId])).get(organisationId);
	if (!contact) throw new NotFound();
	const following = chosen ? await accompanyingHub(context, chosen.id) : null;
	return {
		organisation: contact,
		/** The hub as which the call is noted. */
		hubId: following ?? own ?? (await accompanyingHub(context, cooperations[0]!.id)),
		accompanied: own !== null,
		cooperations: cooperations.map(({ id, name, path, partners }) => {
			const partner = partners.find((one) => one.organisationId === organisationId && isHereOrInvited(one))!;
			return { id, name, path, partnerId: partner.id, standing: standingOf(partner) };
		})
	};
}

/** The organisations for which the actor may note a call, by name. */
export async function listCallable(context: Context) {
	const cooperations = await listAccompaniedCooperations(context);
	const organisations = await accompaniedOrganisations(context).execute();
	const summaries = await summariesOf(context.db, [
		...organisations.map(({ organisationId }) => organisationId),
		...cooperations.flatMap(({ partners }) => partners.filter(isHereOrInvited).map(({ organisationId }) => organisationId))
	]);
	return [...summaries.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'fr'));
}

/** An organisation in whose name the hub writes, when it accepted the hub. */
export async function findAccompanied(context: Context, organisationId: string): Promise<{ hubId: string }> {
	const hubId = await accompanies(context, organisationId);
	if (!hubId) throw new NotFound();
	return { hubId };
}

/** The side of a relation: the organisation, or the cooperation as far as the actor sees it. */
export async function sideOf(context: Context, accompanied: Accompanied): Promise<Side> {
	if ('organisationId' in accompanied) return accompanied;
	return { cooperation: await findCooperationById(context, accompanied.cooperationId) };
}

/** A relation that the actor is a side of: the others don't exist, nor do those of another page than the one that asks. */
export async function findRelation(context: Context, id: string, within?: Accompanied) {
	const relation = await relationById(context.db, id);
	if (!relation) throw new NotFound();
	if (within && 'cooperationId' in within && relation.cooperationId !== within.cooperationId) throw new NotFound();
	if (within && 'organisationId' in within && relation.organisationId !== within.organisationId) throw new NotFound();
	const ofHub = isOfHub(context.actor, relation.hubId);
	const side: Side = relation.organisationId
		? { organisationId: relation.organisationId }
		: ofHub
			? await sideOf(context, { cooperationId: relation.cooperationId! }).catch(beforeAcceptance)
			: await sideOf(context, { cooperationId: relation.cooperationId! });
	if (!ofHub && !belongsToSide(context, side)) throw new NotFound();
	return { ...relation, side };
}

/** Before it is accepted, the hub sees nothing of the cooperation that it proposed itself to. */
function beforeAcceptance(problem: unknown): Side {
	if (problem instanceof NotFound) return { cooperation: { partners: [], accompanied: false } };
	throw problem;
}

const belongsToSide = ({ actor }: Context, side: Side): boolean =>
	actor.is === 'person' &&
	('organisationId' in side
		? actor.belongings.some(({ organisationId }) => organisationId === side.organisationId)
		: side.cooperation.partners.some(
				(one) =>
					standingOf(one) === 'accepted' && actor.belongings.some(({ organisationId }) => organisationId === one.organisationId)
			));

/**
 * Who accompanies: an organisation's people and the hubs concerned see it, and whoever sees a cooperation sees it of that one. A
 * stranger finds nothing.
 */
export async function listAccompaniments(context: Context, accompanied: Accompanied) {
	const side = await sideOf(context, accompanied);
	const inside = 'cooperation' in side || belongsToSide(context, side);
	const hubs = hubsOf(context.actor);
	if (!inside && !hubs.length) throw new NotFound();
	const relations = (await relationsOf(context.db, accompanied)).filter((one) => inside || hubs.includes(one.hubId));
	return {
		inside,
		relations: relations.map((one) => ({
			...one,
			state: stateOf(one),
			can: { answer: mayAnswer(context.actor, one, side), end: mayEnd(context.actor, one, side) }
		})),
		can: { ask: mayAnswerForSide(context.actor, side), propose: hubs }
	};
}

/** The houses that could accompany these organisations too, the nearest first: not one of those that do, or were asked. */
export async function listOtherHouses(
	context: Context,
	organisationIds: string[],
	relations: Awaited<ReturnType<typeof listAccompaniments>>['relations']
) {
	const open = new Set(relations.filter(({ state }) => state === 'living' || state === 'proposed').map(({ hubId }) => hubId));
	const near = await listHubs(context, { communes: await communesOf(context.db, organisationIds) });
	return near.filter(({ id }) => !open.has(id));
}

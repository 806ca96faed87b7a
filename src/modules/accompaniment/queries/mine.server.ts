import { sql } from 'kysely';
import type { Facts } from '#modules/cooperations/policy.ts';
import { relationsAround } from '#modules/hubs/queries/relations.server.ts';
import { stateOf } from '#modules/hubs/rules.ts';
import { NotFound } from '#platform/errors.ts';
import type { Context } from '#platform/context.server.ts';
import { mayAnswer } from '../policy.ts';

type Known = Facts & { id: string; name: string; path: string };

/**
 * For one's home: the proposals of hubs that one may answer, and whom to telephone when screens are a burden. `cooperations` are
 * those that the page already read.
 */
export async function findCareAround(context: Context, cooperations: Known[]) {
	const { actor } = context;
	const relations = await relationsAround(
		context,
		cooperations.map(({ id }) => id)
	);
	const belongings = actor.is === 'person' ? actor.belongings : [];
	const waiting = relations.flatMap((one) => {
		if (stateOf(one) !== 'proposed') return [];
		const cooperation = cooperations.find(({ id }) => id === one.cooperationId);
		const thing = cooperation ?? belongings.find(({ organisationId }) => organisationId === one.organisationId);
		if (!thing || !mayAnswer(actor, one, cooperation ? { cooperation } : { organisationId: one.organisationId! })) return [];
		return one.proposedByHub ? [{ id: one.id, hub: one.hubName, name: thing.name, path: `${thing.path}/accompagnement` }] : [];
	});
	const near = relations.filter((one) => stateOf(one) === 'living' && one.hubPhone);
	const phone = near.find(({ organisationId }) => organisationId !== null) ?? near[0];
	return { waiting, phone: phone ? { hub: phone.hubName, phone: phone.hubPhone!, hours: phone.hubHours } : null };
}

/** What this module holds about oneself, for the export: the calls in which one spoke, and those that one noted. */
export async function listOwnCalls({ db, actor }: Context) {
	if (actor.is !== 'person') throw new NotFound();
	return db
		.selectFrom('calls as c')
		.innerJoin('organisations as o', 'o.id', 'c.organisationId')
		.select(['o.name as organisation', 'c.said', 'c.notedAt', 'c.againOn', 'c.toldAt'])
		.select(sql<string>`case when c.spoken_by = ${actor.id} then 'spoke' else 'noted' end`.as('as'))
		.where((eb) => eb.or([eb('c.notedBy', '=', actor.id), eb('c.spokenBy', '=', actor.id)]))
		.orderBy('c.notedAt')
		.execute();
}

/** What this module holds about oneself, for the export: the advice that one sent, and what one made of advice. */
export async function listOwnAdvice({ db, actor }: Context) {
	if (actor.is !== 'person') throw new NotFound();
	return {
		sent: await db
			.selectFrom('advice as v')
			.innerJoin('cooperations as c', 'c.id', 'v.cooperationId')
			.select(['c.name as cooperation', 'v.precept', 'v.text', 'v.sentAt'])
			.where('v.sentBy', '=', actor.id)
			.orderBy('v.sentAt')
			.execute(),
		answered: await db
			.selectFrom('adviceAnswers as a')
			.innerJoin('organisations as o', 'o.id', 'a.organisationId')
			.select(['o.name as organisation', 'a.state', 'a.reason', 'a.answeredAt'])
			.where('a.answeredBy', '=', actor.id)
			.orderBy('a.answeredAt')
			.execute()
	};
}

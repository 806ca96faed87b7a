import { m } from '#words';
import { speaker } from '#modules/cooperations/commands.server.ts';
import { speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { notify } from '#modules/notices/commands.server.ts';
import { personOf } from '#platform/actor.ts';
import { daysBetween, today } from '#platform/clock.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { mayAnswerAsk, mayAskIn, mayOffer } from './policy.ts';
import { isListed } from './queries.server.ts';
import { askable, type Posture } from './rules.ts';

type Offer = { helpsWith: string; topics: string[]; area: string | null; postures: Posture[] };

/** Says that one can help, on what and where: the words of the consent of that day are kept. Said again, it changes. */
export async function offerHelp(context: Context, { helpsWith, topics, area, postures }: Offer): Promise<void> {
	const { actor, now } = context;
	const write = allow(context, mayOffer(actor));
	if (!mayOffer(actor)) return;
	const said = { helpsWith, topics, area, postures, agreedTo: m.resources_consent(), listedAt: now, unlistedAt: null };
	await write
		.insertInto('resourcePeople')
		.values({ personId: actor.id, ...said })
		.onConflict((conflict) => conflict.column('personId').doUpdateSet(said))
		.execute();
}

/** Leaves the list at once; what was promised to a cooperation stays until its day. */
export async function withdrawOffer(context: Context): Promise<void> {
	const { actor, now } = context;
	const write = allow(context, mayOffer(actor));
	await write.updateTable('resourcePeople').set({ unlistedAt: now }).where('personId', '=', personOf(actor)).execute();
}

/** Takes what one said of oneself away, by right. */
export async function eraseMyOffer(context: Context): Promise<void> {
	const write = allow(context, mayOffer(context.actor));
	await write.deleteFrom('resourcePeople').where('personId', '=', personOf(context.actor)).execute();
}

/** Asks somebody of the list into a cooperation, for a time, with a posture. Sent twice, it is asked once. */
export async function askIn(
	context: Context,
	cooperationId: string,
	input: { id: string; personId: string; posture: Posture; reason: string; fromDay: string; toDay: string }
): Promise<void> {
	const { actor, now } = context;
	const cooperation = await findCooperationById(context, cooperationId);
	const write = allow(context, mayAskIn(actor, cooperation));
	const again = await write.selectFrom('resourceAsks').select('cooperationId').where('id', '=', input.id).executeTakeFirst();
	if (again && again.cooperationId !== cooperation.id) throw new Refused('forms.id-unreal');
	if (again) return;
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	const [speaks] = speaksHereFor(actor, cooperation);
	const own = speaker(context, cooperation, speaks ?? null);
	if (!(await isListed(context, input.personId))) throw new Refused('resources.not-listed', {}, 'personId');
	askable({ ...input, today: today(now, cooperation.zone), days: daysBetween(input.fromDay, input.toDay) });
	await write
		.insertInto('resourceAsks')
		.values({ ...input, cooperationId: cooperation.id, askedAt: now, askedBy: personOf(actor), askedFor: own.id })
		.execute();
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'resource-asked',
		ids: { organisation: own.id, member: input.personId },
		says: { organisation: own.name }
	});
	await notify(write, now, {
		personId: input.personId,
		kind: 'partner',
		cooperationId: null,
		text: m.resources_told({ organisation: own.name, cooperation: cooperation.name }),
		path: '/personnes-ressources'
	});
}

async function askById(context: Context, id: string) {
	const ask = await context.db
		.selectFrom('resourceAsks')
		.select(['id', 'cooperationId', 'personId', 'answer', 'endedAt', 'askedBy'])
		.where('id', '=', id)
		.executeTakeFirst();
	if (!ask) throw new NotFound();
	return ask;
}

/** Says yes or no to a cooperation that asked. */
export async function answerAsk(context: Context, { id, answer }: { id: string; answer: 'yes' | 'no' }): Promise<void> {
	const ask = await askById(context, id);
	if (!mayAnswerAsk(context.actor, ask.personId)) throw new NotFound();
	const write = allow(context, mayAnswerAsk(context.actor, ask.personId));
	if (ask.endedAt) throw new Refused('resources.over');
	if (ask.answer === answer) return;
	await write.updateTable('resourceAsks').set({ answer, answeredAt: context.now }).where('id', '=', id).execute();
	await tell(write, context, {
		chain: { cooperation: ask.cooperationId },
		verb: answer === 'yes' ? 'resource-accepted' : 'resource-declined',
		ids: { member: ask.personId },
		says: {}
	});
}

/** Ends it before its day: the partners, or whoever helps. */
export async function endAsk(context: Context, cooperationId: string | null, { id }: { id: string }): Promise<void> {
	const ask = await askById(context, id);
	if (cooperationId !== null && ask.cooperationId !== cooperationId) throw new NotFound();
	const helps = mayAnswerAsk(context.actor, ask.personId);
	const permitted = helps || mayAskIn(context.actor, await findCooperationById(context, ask.cooperationId));
	const write = allow(context, permitted);
	await write
		.updateTable('resourceAsks')
		.set({ endedAt: context.now, endedBy: personOf(context.actor) })
		.where('id', '=', id)
		.where('endedAt', 'is', null)
		.execute();
}

import { m } from '#words';
import { tell } from '#modules/journal/commands.server.ts';
import { notify } from '#modules/notices/commands.server.ts';
import { isListed } from '#modules/resources/queries.server.ts';
import type { Posture } from '#modules/resources/rules.ts';
import { personOf } from '#platform/actor.ts';
import { daysBetween, today } from '#platform/clock.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { speaker } from '../commands.server.ts';
import { speaksHereFor } from '../policy.ts';
import { findCooperationById, pathOf, type Cooperation } from '../queries.server.ts';
import { mayAnswerAsk, mayAskIn } from './policy.ts';
import { askable, preparable } from './rules.ts';

/** The partner in whose name the actor does something here, when they belong to several: any of theirs. */
const voice = (context: Context, cooperation: Cooperation) =>
	speaker(context, cooperation, speaksHereFor(context.actor, cooperation)[0] ?? null);

/** Asks somebody of the list into a cooperation, for a time, with a posture. Sent twice, it is asked once. */
export async function askIn(
	context: Context,
	cooperationId: string,
	input: { id: string; personId: string; posture: Posture; reason: string; fromDay: string; toDay: string; prepares: boolean }
): Promise<void> {
	const { actor, now } = context;
	const cooperation = await findCooperationById(context, cooperationId);
	const write = allow(context, mayAskIn(actor, cooperation));
	const again = await write.selectFrom('resourceAsks').select('cooperationId').where('id', '=', input.id).executeTakeFirst();
	if (again && again.cooperationId !== cooperation.id) throw new Refused('forms.id-unreal');
	if (again) return;
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	const own = voice(context, cooperation);
	if (!(await isListed(context, input.personId))) throw new Refused('resources.not-listed', {}, 'personId');
	askable({ ...input, today: today(now, cooperation.zone), days: daysBetween(input.fromDay, input.toDay) });
	if (input.prepares) preparable(input.posture);
	const { prepares, ...ask } = input;
	const trusted = prepares ? { preparesSince: now, preparesSaidBy: personOf(actor) } : {};
	await write
		.insertInto('resourceAsks')
		.values({ ...ask, ...trusted, cooperationId: cooperation.id, askedAt: now, askedBy: personOf(actor), askedFor: own.id })
		.execute();
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'resource-asked',
		ids: { organisation: own.id, member: input.personId },
		says: { organisation: own.name }
	});
	if (prepares) await tellTrust(write, context, cooperation.id, { personId: input.personId, by: own, yes: true });
	await notify(write, now, {
		personId: input.personId,
		kind: 'partner',
		cooperationId: null,
		text: m.resources_told({ organisation: own.name, cooperation: cooperation.name }),
		path: '/personnes-ressources'
	});
}

/** The journal says that somebody may prepare the meetings, or no longer does. */
const tellTrust = (
	write: Writer,
	context: Context,
	cooperationId: string,
	{ personId, by, yes }: { personId: string; by: { id: string; name: string }; yes: boolean }
) =>
	tell(write, context, {
		chain: { cooperation: cooperationId },
		verb: yes ? 'resource-trusted' : 'resource-untrusted',
		ids: { organisation: by.id, member: personId },
		says: { organisation: by.name }
	});

async function askById(context: Context, id: string) {
	const ask = await context.db
		.selectFrom('resourceAsks as a')
		.innerJoin('cooperations as c', 'c.id', 'a.cooperationId')
		.select(['a.id', 'a.cooperationId', 'a.personId', 'a.posture', 'a.toDay', 'a.answer', 'a.endedAt', 'a.askedBy'])
		.select(['a.preparesSince', 'c.name', 'c.code', 'c.zone'])
		.where('a.id', '=', id)
		.executeTakeFirst();
	if (!ask) throw new NotFound();
	return ask;
}

/** An ask of this cooperation, for its partners, while it stands. */
async function standingAsk(context: Context, cooperationId: string, id: string) {
	const ask = await askById(context, id);
	if (ask.cooperationId !== cooperationId) throw new NotFound();
	const cooperation = await findCooperationById(context, cooperationId);
	const write = allow(context, mayAskIn(context.actor, cooperation));
	if (ask.endedAt || ask.toDay < today(context.now, cooperation.zone)) throw new Refused('resources.over');
	return { ask, cooperation, write };
}

/** Says yes or no to a cooperation that asked; whoever asked is told. */
export async function answerAsk(context: Context, { id, answer }: { id: string; answer: 'yes' | 'no' }): Promise<void> {
	const ask = await askById(context, id);
	if (!mayAnswerAsk(context.actor, ask.personId)) throw new NotFound();
	const write = allow(context, mayAnswerAsk(context.actor, ask.personId));
	if (ask.endedAt || ask.toDay < today(context.now, ask.zone)) throw new Refused('resources.over');
	if (ask.answer === answer) return;
	await write.updateTable('resourceAsks').set({ answer, answeredAt: context.now }).where('id', '=', id).execute();
	await tell(write, context, {
		chain: { cooperation: ask.cooperationId },
		verb: answer === 'yes' ? 'resource-accepted' : 'resource-declined',
		ids: { member: ask.personId },
		says: {}
	});
	if (ask.askedBy && context.actor.is === 'person')
		await notify(write, context.now, {
			personId: ask.askedBy,
			kind: 'partner',
			cooperationId: ask.cooperationId,
			text:
				answer === 'yes'
					? m.resources_told_yes({ name: context.actor.name, cooperation: ask.name })
					: m.resources_told_no({ name: context.actor.name, cooperation: ask.name }),
			path: `${pathOf(ask)}/partenaires/ressources`
		});
}

/** Lets whoever leads the meetings prepare their agenda and write their minutes, or no longer. */
export async function letPrepare(
	context: Context,
	cooperationId: string,
	{ id, prepares }: { id: string; prepares: 'yes' | 'no' }
): Promise<void> {
	const { ask, cooperation, write } = await standingAsk(context, cooperationId, id);
	const yes = prepares === 'yes';
	if (yes) preparable(ask.posture);
	if (yes === (ask.preparesSince !== null)) return;
	await write
		.updateTable('resourceAsks')
		.set({ preparesSince: yes ? context.now : null, preparesSaidBy: personOf(context.actor) })
		.where('id', '=', id)
		.execute();
	await tellTrust(write, context, cooperation.id, { personId: ask.personId, by: voice(context, cooperation), yes });
}

/** Ends it before its day, whenever they want: the partners, or whoever helps. From then on they read nothing more. */
export async function endAsk(context: Context, cooperationId: string | null, { id }: { id: string }): Promise<void> {
	const ask = await askById(context, id);
	if (cooperationId !== null && ask.cooperationId !== cooperationId) throw new NotFound();
	const helps = mayAnswerAsk(context.actor, ask.personId);
	const permitted = helps || mayAskIn(context.actor, await findCooperationById(context, ask.cooperationId));
	const write = allow(context, permitted);
	const { numUpdatedRows } = await write
		.updateTable('resourceAsks')
		.set({ endedAt: context.now, endedBy: personOf(context.actor) })
		.where('id', '=', id)
		.where('endedAt', 'is', null)
		.executeTakeFirst();
	if (!numUpdatedRows) return;
	await tell(write, context, {
		chain: { cooperation: ask.cooperationId },
		verb: 'resource-ended',
		ids: { member: ask.personId },
		says: {}
	});
	const other = helps ? ask.askedBy : ask.personId;
	if (other)
		await notify(write, context.now, {
			personId: other,
			kind: 'partner',
			cooperationId: helps ? ask.cooperationId : null,
			text: m.resources_told_ended({ cooperation: ask.name }),
			path: helps ? `${pathOf(ask)}/partenaires/ressources` : '/personnes-ressources'
		});
}

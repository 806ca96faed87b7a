import type { z } from 'zod';
import { m } from '#words';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { accompanyingHub, listHubs } from '#modules/hubs/queries.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { notify } from '#modules/notices/commands.server.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { word } from '#platform/say.ts';
import { tellManagers } from '#modules/organisations/commands/telling.server.ts';
import type { adviseForm, answerAdviceForm } from './forms.ts';
import { mayAdvise, mayAnswerAdvice } from './policy.ts';
import { findAdvice, isHeard } from './queries.server.ts';
import { addressees, adviceAnswerable, advisable } from './rules.ts';

/** Advises the partners of a cooperation, all or one. They are told; nothing waits for their answer. */
export async function advise(context: Context, cooperationId: string, input: z.output<typeof adviseForm>): Promise<void> {
	const { actor, now } = context;
	const cooperation = await findCooperationById(context, cooperationId);
	const hubId = await accompanyingHub(context, cooperation.id);
	const write = allow(context, mayAdvise(actor, { hubId }));
	if (actor.is !== 'person' || !hubId) throw new NotFound();
	const sent = await context.db.selectFrom('advice').select('sentBy').where('id', '=', input.id).executeTakeFirst();
	if (sent?.sentBy === actor.id) return;
	if (sent) throw new Refused('forms.id-unreal');
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	advisable(input.organisationId, cooperation.partners);
	const { id, precept, text, organisationId } = input;
	await write
		.insertInto('advice')
		.values({ id, hubId, cooperationId: cooperation.id, organisationId, precept, text, sentAt: now, sentBy: actor.id })
		.execute();
	const hub = (await listHubs(context)).find((one) => one.id === hubId)?.name ?? '';
	await tell(write, context, {
		// What is said to one partner alone stands in that partner's own journal.
		chain: organisationId ? { organisation: organisationId } : { cooperation: cooperation.id },
		verb: organisationId ? 'accompaniment-advice-sent-one' : 'accompaniment-advice-sent',
		ids: { advice: id, hub: hubId, ...(organisationId ? { organisation: organisationId } : {}) },
		says: { hub, cooperation: cooperation.name }
	});
	await tellManagers(
		write,
		context,
		addressees({ organisationId, sentAt: now }, cooperation.partners).map((one) => one.organisationId),
		{
			kind: 'accompaniment',
			cooperationId: cooperation.id,
			text: m.accompaniment_told_advice({ hub, cooperation: cooperation.name, text }),
			houseId: hubId,
			path: `${cooperation.path}/accompagnement#conseils`
		}
	);
}

/** Says what an organisation makes of advice: read, being done, not for it. Said again, the last word counts. */
export async function answerAdvice(
	context: Context,
	cooperationId: string,
	{ adviceId, organisationId, state, reason }: z.output<typeof answerAdviceForm>
): Promise<void> {
	const { actor, now } = context;
	const cooperation = await findCooperationById(context, cooperationId);
	const advice = await findAdvice(context, cooperation.id, adviceId);
	const write = allow(context, mayAnswerAdvice(actor, cooperation, organisationId));
	const reader = addressees(advice, cooperation.partners).find((one) => one.organisationId === organisationId);
	if (actor.is !== 'person' || !reader) throw new NotFound();
	adviceAnswerable({ heard: await isHeard(context, advice), ended: cooperation.endedAt !== null });
	const why = state === 'declined' ? reason : null;
	const { numInsertedOrUpdatedRows } = await write
		.insertInto('adviceAnswers')
		.values({ adviceId, organisationId, state, reason: why, answeredAt: now, answeredBy: actor.id })
		.onConflict((conflict) =>
			conflict
				.columns(['adviceId', 'organisationId'])
				.doUpdateSet({ state, reason: why, answeredAt: now, answeredBy: actor.id })
				.where((eb) => eb.or([eb('adviceAnswers.state', '!=', state), eb('adviceAnswers.reason', 'is distinct from', why)]))
		)
		.executeTakeFirst();
	// What was said already is said once.
	if (!numInsertedOrUpdatedRows) return;
	await tell(write, context, {
		chain: advice.organisationId ? { organisation: organisationId } : { cooperation: cooperation.id },
		verb: 'accompaniment-advice-answered',
		ids: { advice: adviceId, organisation: organisationId },
		says: { organisation: reader.name, hub: advice.hub, answer: word(`accompaniment_advice_${state}`) }
	});
	if (state !== 'read')
		await notify(write, now, {
			personId: advice.sentBy,
			kind: 'accompaniment',
			cooperationId: cooperation.id,
			text: m.accompaniment_told_answer({
				organisation: reader.name,
				cooperation: cooperation.name,
				answer: word(`accompaniment_advice_${state}`)
			}),
			path: `${cooperation.path}/accompagnement#conseils`
		});
}

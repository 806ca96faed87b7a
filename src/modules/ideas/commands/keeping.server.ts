import { today } from '#platform/clock.ts';
import { personOf, hubsOf } from '#platform/actor.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { findAccount } from '#modules/people/queries.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { m } from '#words';
import { letGo } from '../commands.server.ts';
import { mayErase, mayHide, mayLookAfter } from '../policy.ts';
import { findWholeIdea, pathOf, voicesOf, type VoiceRow } from '../queries.server.ts';
import { daysToConfirm, dueOf } from '../rules.ts';
import { tellVoices, writeToInhabitant } from './telling.server.ts';

type Letter = { subject: string; paragraphs: string[] };

/** Whoever dropped it, or those who are left when they have gone: told here, or by mail when they have no account. */
async function tellDropper(
	write: Writer,
	context: Context,
	idea: { text: string; code: string },
	voices: VoiceRow[],
	text: string,
	letter: Letter
): Promise<void> {
	const confirmed = voices.filter(({ confirmedAt }) => confirmedAt !== null);
	const dropper = confirmed.filter(({ dropped }) => dropped);
	const told = dropper.length ? dropper : confirmed;
	await tellVoices(write, context, told, { text, path: pathOf(idea) });
	for (const { id, name, email } of told)
		if (email)
			await writeToInhabitant(
				write,
				context,
				{ id, name: name ?? '', email },
				{
					...letter,
					title: text,
					button: m.ideas_mail_page_button()
				}
			);
}

/** The chains of the organisations that stand in an idea: what happens to it is told there. */
const chainsOf = (voices: VoiceRow[]): { organisation: string }[] =>
	[...new Set(voices.flatMap(({ organisationId }) => organisationId ?? []))].map((organisation) => ({ organisation }));

/** Hides an idea that must not be read, with a reason that whoever dropped it reads. */
export async function hideIdea(context: Context, address: string, { reason }: { reason: string }): Promise<void> {
	const idea = await findWholeIdea(context, address);
	const { actor, now } = context;
	const write = allow(context, mayHide(actor, idea.facts));
	const hidden = await write
		.updateTable('ideas')
		.set({
			hiddenAt: now,
			hiddenBy: personOf(actor),
			hiddenFor: hubsOf(actor).find((one) => idea.facts.hubs.includes(one)) ?? null,
			hiddenReason: reason
		})
		.where('id', '=', idea.id)
		.where('hiddenAt', 'is', null)
		.executeTakeFirst();
	if (hidden.numUpdatedRows === 0n) return;
	for (const chain of chainsOf(idea.rows))
		await tell(write, context, { chain, verb: 'idea-hidden', ids: { idea: idea.id }, says: { text: idea.text, reason } });
	await tellDropper(write, context, idea, idea.rows, m.ideas_told_hidden({ text: idea.text }), {
		subject: m.ideas_mail_hidden_subject(),
		paragraphs: [m.ideas_mail_hidden_why({ reason })]
	});
}

/** Shows it again. */
export async function showIdea(context: Context, address: string): Promise<void> {
	const idea = await findWholeIdea(context, address);
	const write = allow(context, mayHide(context.actor, idea.facts));
	const shown = await write
		.updateTable('ideas')
		.set({ hiddenAt: null, hiddenBy: null, hiddenFor: null, hiddenReason: null })
		.where('id', '=', idea.id)
		.where('hiddenAt', 'is not', null)
		.executeTakeFirst();
	if (shown.numUpdatedRows === 0n) return;
	for (const chain of chainsOf(idea.rows))
		await tell(write, context, { chain, verb: 'idea-shown', ids: { idea: idea.id }, says: { text: idea.text } });
}

/** Looks after an idea without life since a season: whoever dropped it is asked once; without an answer it sleeps. */
export async function lookAfterIdea(context: Context, id: string): Promise<void> {
	const { now } = context;
	const write = allow(context, mayLookAfter(context.actor));
	const idea = await write
		.selectFrom('ideas')
		.select(['id', 'code', 'text', 'zone', 'holdsUntil', 'askedAt'])
		.where('id', '=', id)
		.where('asleepAt', 'is', null)
		.where('cooperationId', 'is', null)
		.forUpdate()
		.executeTakeFirst();
	if (!idea) return;
	const due = dueOf(
		{ holdsUntil: idea.holdsUntil, askedOn: idea.askedAt && today(idea.askedAt, idea.zone) },
		today(now, idea.zone)
	);
	if (due === 'nothing') return;
	if (due === 'sleep') {
		await write.updateTable('ideas').set({ asleepAt: now }).where('id', '=', idea.id).execute();
		return;
	}
	await write.updateTable('ideas').set({ askedAt: now }).where('id', '=', idea.id).execute();
	await tellDropper(write, context, idea, await voicesOf(write, idea.id), m.ideas_told_still({ text: idea.text }), {
		subject: m.ideas_mail_still_subject(),
		paragraphs: [m.ideas_mail_still_text()]
	});
}

/** Forgets the ideas and the voices whose address nobody confirmed in a week. */
export async function forgetUnconfirmed(context: Context): Promise<void> {
	const write = allow(context, mayLookAfter(context.actor));
	const since = new Date(context.now.getTime() - daysToConfirm * 86_400_000);
	await write.deleteFrom('ideas').where('publishedAt', 'is', null).where('droppedAt', '<', since).execute();
	await write.deleteFrom('ideaVoices').where('confirmedAt', 'is', null).where('joinedAt', '<', since).execute();
}

/** Erases by right what one said for oneself in ideas, by the account or by its address; what an organisation said stays its own. */
export async function eraseMyIdeas(context: Context): Promise<void> {
	const write = allow(context, mayErase(context.actor));
	const { id: me, email } = await findAccount(context);
	const voices = await write
		.selectFrom('ideaVoices as v')
		.innerJoin('ideas as i', 'i.id', 'v.ideaId')
		.select(['v.id', 'v.ideaId', 'i.cooperationId'])
		.where((eb) =>
			eb.or([
				eb.and([eb('v.personId', '=', me), eb('v.organisationId', 'is', null)]),
				...(email ? [eb('v.email', '=', email)] : [])
			])
		)
		.where('v.leftAt', 'is', null)
		.execute();
	for (const { id, ideaId, cooperationId } of voices) await letGo(write, context, { id: ideaId, cooperationId }, { id });
}

import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import type { Dreamt, MadeReal, Needed } from '../forms.ts';
import { idFrom } from '#platform/ids.ts';
import { isMine, mayShape } from '../policy.ts';
import { dreamtSo, findWholeIdea, realSo, type WholeIdea } from '../queries.server.ts';
import { needsAtMost, stillOpen } from '../rules.ts';
import { liven } from '../commands.server.ts';

/** The idea as it is now, for one of those who stand in it; nobody else writes it until they are done. */
async function shaped(context: Context, address: string): Promise<{ write: Writer; idea: WholeIdea }> {
	const { id, facts } = await findWholeIdea(context, address);
	const write = allow(context, mayShape(context.actor, facts));
	await write.selectFrom('ideas').select('id').where('id', '=', id).forUpdate().executeTakeFirst();
	const idea = await findWholeIdea(context, address);
	stillOpen(idea);
	return { write, idea };
}

/** First « sans limite d’argent »: what it would be, for whom, when, about what. What another wrote in between is shown. */
export async function dreamIdea(context: Context, address: string, { read, ...input }: Dreamt): Promise<void> {
	const { write, idea } = await shaped(context, address);
	const [there, said] = [dreamtSo(idea), dreamtSo(input)];
	if (read !== there && said !== there) throw new Refused('ideas.changed-meanwhile', { text: idea.dream ?? '' }, 'dream');
	await write.updateTable('ideas').set(input).where('id', '=', idea.id).execute();
	await liven(write, context, idea);
}

/** Then « pour de vrai »: what is kept of it, and the smallest first step. */
export async function makeReal(context: Context, address: string, { read, ...input }: MadeReal): Promise<void> {
	const { write, idea } = await shaped(context, address);
	const [there, said] = [realSo(idea), realSo(input)];
	if (read !== there && said !== there) throw new Refused('ideas.changed-meanwhile', { text: idea.kept ?? '' }, 'kept');
	await write.updateTable('ideas').set(input).where('id', '=', idea.id).execute();
	await liven(write, context, idea);
}

/** Adds what it would need: a kind and one sentence. Sent twice, it is added once. */
export async function addIdeaNeed(context: Context, address: string, input: Needed): Promise<void> {
	const { write, idea } = await shaped(context, address);
	const there = idea.needs.find(({ id }) => id === input.id);
	if (there?.kind === input.kind && there.text === input.text) return;
	// a page that is brought back keeps its id: other words are another need
	if (there) return addIdeaNeed(context, address, { ...input, id: idFrom(input.id, `${input.kind} ${input.text}`) });
	if (idea.needs.length >= needsAtMost) throw new Refused('ideas.too-many-needs', { n: needsAtMost }, 'text');
	const voice = idea.rows.find((one) => one.confirmedAt !== null && isMine(context.actor, one))!;
	const added = await write
		.insertInto('ideaNeeds')
		.values({ ...input, ideaId: idea.id, voiceId: voice.id, addedAt: context.now })
		.onConflict((conflict) => conflict.column('id').doNothing())
		.executeTakeFirst();
	if (added.numInsertedOrUpdatedRows === 0n) throw new Refused('forms.id-unreal');
	await liven(write, context, idea);
}

/** Takes away what it needs no more. Taken away twice, it is gone once. */
export async function removeIdeaNeed(context: Context, address: string, { id }: { id: string }): Promise<void> {
	const { write, idea } = await shaped(context, address);
	const removed = await write
		.updateTable('ideaNeeds')
		.set((eb) => ({ removedAt: eb.fn.coalesce('removedAt', eb.val(context.now)) }))
		.where('id', '=', id)
		.where('ideaId', '=', idea.id)
		.executeTakeFirst();
	if (removed.numUpdatedRows === 0n) throw new NotFound();
}

/** Says that it still holds: one tap, by any of those who stand in it. What slept wakes. */
export async function renewIdea(context: Context, address: string): Promise<void> {
	const { write, idea } = await shaped(context, address);
	await liven(write, context, idea);
}

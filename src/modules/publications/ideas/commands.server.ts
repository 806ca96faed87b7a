import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { speaker } from '#modules/cooperations/commands.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { writeLine } from '#modules/lines/commands.server.ts';
import { noDetails } from '#modules/lines/rules.ts';
import { tellManagers } from '#modules/organisations/commands/telling.server.ts';
import { countAttempt, limitAttempts } from '#modules/people/commands.server.ts';
import { sql } from 'kysely';
import { allow, as, type Context } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { m } from '#words';
import { mayHandleIdeas, maySendIdea, maySweep } from '../policy.ts';
import { findPublication } from '../queries/public.server.ts';
import { ideasADay, ideasKept } from '../rules.ts';
import { visibleIdeas } from './queries.server.ts';

/**
 * What is counted for ideas is not counted for entries: the same limits, other keys. Few from one sender (or of one text, when
 * nobody says who they are), more from one network, which a whole house shares.
 */
const attempts = ({ network, idea, contact }: Sent) => ({
	email: `idea ${network} ${(contact?.trim() || idea.trim()).slice(0, 200)}`,
	network: `idea ${network}`
});
type Sent = { network: string; idea: string; contact: string | null };

/** Counts an idea that is sent. Committed apart, so that a refusal doesn't forget it. */
export const countIdea = (context: Context, sent: Sent): Promise<void> => countAttempt(context, attempts(sent));

/** Sends an idea to the partners of a page that is public: nobody is asked who they are. Sent twice, it is kept once. */
export async function sendIdea(
	context: Context,
	address: string,
	input: { id: string; idea: string; contact: string | null; website?: string | undefined },
	network: string
): Promise<void> {
	await limitAttempts(context, attempts({ ...input, network }));
	const page = await findPublication(context, address);
	const write = allow(context, maySendIdea());
	// a machine filled in what nobody sees: it is told what people are told, and nothing is kept
	if (input.website) return;
	if (page.endedAt) throw new Refused('publications.no-more-ideas');
	const { count } = await write
		.selectFrom('ideasReceived')
		.select(sql<number>`count(*)::int`.as('count'))
		.where('cooperationId', '=', page.cooperationId)
		.where('receivedAt', '>', new Date(context.now.getTime() - 86_400_000))
		.executeTakeFirstOrThrow();
	if (count >= ideasADay) throw new Refused('publications.too-many-ideas');
	const kept = await write
		.insertInto('ideasReceived')
		.values({
			id: input.id,
			cooperationId: page.cooperationId,
			text: input.idea,
			contact: input.contact,
			receivedAt: context.now
		})
		.onConflict((conflict) => conflict.column('id').doNothing())
		.executeTakeFirst();
	if (kept.numInsertedOrUpdatedRows === 0n) return;
	await tell(write, context, {
		chain: { cooperation: page.cooperationId },
		verb: 'idea-received',
		ids: { idea: input.id },
		says: {}
	});
	// Whoever sends an idea is nobody here: a manager who tries their own page is told like the others.
	const system = as(context, { is: 'system', name: 'ideas' });
	const cooperation = await findCooperationById(system, page.cooperationId);
	await tellManagers(
		write,
		system,
		cooperation.accepted.map(({ organisationId }) => organisationId),
		{
			kind: 'publication',
			cooperationId: cooperation.id,
			text: m.publications_notice_idea({ cooperation: cooperation.name }),
			path: `${cooperation.path}/page-publique#idees`
		}
	);
}

async function ideaAt(context: Context, cooperationId: string, id: string) {
	const cooperation = await findCooperationById(context, cooperationId);
	const write = allow(context, mayHandleIdeas(context.actor, cooperation));
	const idea = await visibleIdeas(context)
		.select(['i.id', 'i.text', 'i.keptAt'])
		.where('i.id', '=', id)
		.where('i.cooperationId', '=', cooperation.id)
		.executeTakeFirst();
	if (!idea) throw new NotFound();
	return { cooperation, write, idea };
}

/** Makes a line of an idea, in the name of whoever keeps it; how to answer stays with the idea. Kept twice, it is one line. */
export async function keepIdea(
	context: Context,
	cooperationId: string,
	{ id, actingFor }: { id: string; actingFor: string | null }
): Promise<void> {
	const { cooperation, write, idea } = await ideaAt(context, cooperationId, id);
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	if (idea.keptAt) return;
	const by = speaker(context, cooperation, actingFor);
	await writeLine(context, cooperation.id, {
		...noDetails,
		id: idea.id,
		kind: 'information',
		text: m.publications_idea_as_line({ text: idea.text }),
		audience: 'partners',
		actingFor: by.id
	});
	await write.updateTable('ideasReceived').set({ keptAt: context.now, keptFor: by.id }).where('id', '=', idea.id).execute();
}

/** Erases an idea, and how to answer whoever sent it. A line that was made of it stays. */
export async function eraseIdea(context: Context, cooperationId: string, { id }: { id: string }): Promise<void> {
	const { cooperation, write, idea } = await ideaAt(context, cooperationId, id);
	await write.deleteFrom('ideasReceived').where('id', '=', idea.id).execute();
	if (cooperation.endedAt) return;
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'idea-erased',
		ids: { idea: idea.id },
		says: {}
	});
}

/** Forgets the ideas of half a year ago, with how to answer them. */
export async function forgetIdeas(context: Context): Promise<void> {
	const write = allow(context, maySweep(context.actor));
	await write
		.deleteFrom('ideasReceived')
		.where('receivedAt', '<', new Date(context.now.getTime() - ideasKept))
		.execute();
}

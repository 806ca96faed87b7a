import { sql } from 'kysely';
import type { Context, Writer } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { countAttempt, limitAttempts } from '#modules/people/commands.server.ts';
import { mostADay } from '../rules.ts';

/** The limits of signing in, under other keys: few for one address, wherever it is sent from; more of one network. */
const attempts = ({ network, email }: { network: string; email: string }) => ({
	email: `idea-of ${email.trim().slice(0, 200)}`,
	network: `idea-of ${network}`
});

/** Counts what an inhabitant sends. Committed apart, so that a refusal doesn't forget it. */
export const countSent = (context: Context, sent: { network: string; email: string }): Promise<void> =>
	countAttempt(context, attempts(sent));

/** Refuses whoever sends too often, of one address or of one network. */
export const limitSent = (context: Context, sent: { network: string; email: string }): Promise<void> =>
	limitAttempts(context, attempts(sent));

const aDay = 86_400_000;

/** Refuses what a machine would do: too many in a day of one account, or of one address. */
export async function limitDropped(
	write: Writer,
	{ now }: Context,
	by: { email: string } | { personId: string | null }
): Promise<void> {
	const { count } = await write
		.selectFrom('ideaVoices')
		.select(sql<number>`count(*)::int`.as('count'))
		.where('dropped', '=', true)
		.where('joinedAt', '>', new Date(now.getTime() - aDay))
		.$call((query) => ('email' in by ? query.where('email', '=', by.email) : query.where('personId', '=', by.personId)))
		.executeTakeFirstOrThrow();
	const n = 'email' in by ? mostADay.address : mostADay.account;
	if (count >= n) throw new Refused('ideas.too-many-of-one', { n });
}

/** Refuses what many addresses of one machine would publish in a commune. What nobody confirmed takes nobody’s place. */
export async function limitPublished(
	write: Writer,
	{ now }: Context,
	{ communeCode, communeName }: { communeCode: string | null; communeName: string | null }
): Promise<void> {
	const { count } = await write
		.selectFrom('ideas as i')
		.innerJoin('ideaVoices as v', 'v.ideaId', 'i.id')
		.select(sql<number>`count(*)::int`.as('count'))
		.where('i.communeCode', communeCode === null ? 'is' : '=', communeCode)
		.$if(communeCode === null, (query) => query.where('i.communeName', '=', communeName))
		.where('i.publishedAt', '>', new Date(now.getTime() - aDay))
		.where('v.dropped', '=', true)
		.where('v.email', 'is not', null)
		.executeTakeFirstOrThrow();
	if (count >= mostADay.commune) throw new Refused('ideas.too-many');
}

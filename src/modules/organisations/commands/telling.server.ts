import { notify } from '#modules/notices/commands.server.ts';
import type { Told } from '#modules/notices/rules.ts';
import { personOf } from '#platform/actor.ts';
import type { Context, Writer } from '#platform/context.server.ts';
import { managersOfAll, peopleOf } from '../queries/people.server.ts';

type Telling = Omit<Told, 'personId'>;

/** Tells the managers of some organisations, each once, and never the one who acts. Says how many could be told. */
export const tellManagers = async (write: Writer, context: Context, organisationIds: string[], told: Telling): Promise<number> =>
	tellEach(write, context, await managersOfAll(write, organisationIds), told);

/** Tells all the people of some organisations, each once, and never the one who acts. Says how many could be told. */
export const tellPeople = async (write: Writer, context: Context, organisationIds: string[], told: Telling): Promise<number> =>
	tellEach(write, context, await peopleOf(write, organisationIds), told);

/** Tells some people, each once, and never the one who acts. Says how many could be told. */
export const tellThose = tellEach;

async function tellEach(
	write: Writer,
	context: Context,
	people: { personId: string; email: string | null }[],
	told: Telling
): Promise<number> {
	const reached = people.filter(({ personId, email }) => email && personId !== personOf(context.actor));
	const ids = [...new Set(reached.map(({ personId }) => personId))];
	await notify(
		write,
		context.now,
		ids.map((personId) => ({ personId, ...told }))
	);
	return ids.length;
}

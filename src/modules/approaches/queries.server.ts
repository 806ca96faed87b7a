import { organisationsOf } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { orNobody } from '#platform/ids.ts';

/** Every read of this module starts here: the two organisations, and nobody else. */
const visibleApproaches = ({ db, actor }: Context) => {
	const ids = orNobody(organisationsOf(actor));
	return db
		.selectFrom('approaches as a')
		.where((eb) => eb.or([eb('a.fromOrganisation', 'in', ids), eb('a.toOrganisation', 'in', ids)]));
};

/** What one's organisations and another wrote to each other, the last first. */
export const listApproachesWith = (context: Context, organisationId: string) =>
	visibleApproaches(context)
		.innerJoin('organisations as f', 'f.id', 'a.fromOrganisation')
		.innerJoin('organisations as t', 't.id', 'a.toOrganisation')
		.select(['a.id', 'a.writtenAt', 'a.text', 'f.name as from', 't.name as to'])
		.where((eb) => eb.or([eb('a.fromOrganisation', '=', organisationId), eb('a.toOrganisation', '=', organisationId)]))
		.orderBy('a.writtenAt', 'desc')
		.limit(10)
		.execute();

/** What one wrote oneself, for the export. */
export const listOwnApproaches = async ({ db, actor }: Context) =>
	actor.is === 'person'
		? db
				.selectFrom('approaches as a')
				.innerJoin('organisations as t', 't.id', 'a.toOrganisation')
				.select(['t.name as to', 'a.text', 'a.writtenAt'])
				.where('a.writtenBy', '=', actor.id)
				.orderBy('a.writtenAt')
				.execute()
		: [];

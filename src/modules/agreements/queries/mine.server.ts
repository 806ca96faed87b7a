import { pathOf, sharedCooperations } from '#modules/cooperations/queries.server.ts';
import { organisationsOf } from '#platform/actor.ts';
import { NotFound } from '#platform/errors.ts';
import type { Context } from '#platform/context.server.ts';
import { maySignFor } from '../policy.ts';

/** The last versions that wait for the signature of an organisation for which the actor may sign: in one query. */
export async function listToSign(context: Context) {
	const { db, actor } = context;
	const signs = organisationsOf(actor).filter((id) => maySignFor(actor, id));
	if (!signs.length) return [];
	const rows = await db
		.selectFrom('agreementParties as p')
		.innerJoin('agreementVersions as v', 'v.id', 'p.versionId')
		.innerJoin('agreements as a', 'a.id', 'v.agreementId')
		.innerJoin('cooperations as c', 'c.id', 'a.cooperationId')
		.innerJoin('organisations as o', 'o.id', 'p.organisationId')
		.select(['v.id', 'v.n', 'c.name', 'c.code', 'o.name as organisation', 'p.organisationId'])
		.where('p.organisationId', 'in', signs)
		.where('c.endedAt', 'is', null)
		.where('a.cooperationId', 'in', sharedCooperations(context))
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('agreementVersions as w')
						.select('w.id')
						.whereRef('w.agreementId', '=', 'v.agreementId')
						.whereRef('w.n', '>', 'v.n')
				)
			)
		)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('agreementSignatures as s')
						.select('s.id')
						.whereRef('s.versionId', '=', 'v.id')
						.whereRef('s.organisationId', '=', 'p.organisationId')
						.where('s.replacedAt', 'is', null)
						.where('s.file', 'is not', null)
				)
			)
		)
		.orderBy('v.frozenAt')
		.limit(20)
		.execute();
	return rows.map(({ name, code, ...row }) => ({
		...row,
		cooperation: name,
		path: `${pathOf({ name, code })}/convention/versions/${row.n}`
	}));
}

/** What this module holds about oneself, for the export: agreements begun, articles written, versions frozen, signatures noted. */
export async function listOwnAgreements({ db, actor }: Context) {
	if (actor.is !== 'person') throw new NotFound();
	const me = actor.id;
	const of = () => db.selectFrom('agreements as a').innerJoin('cooperations as c', 'c.id', 'a.cooperationId');
	return {
		begun: await of()
			.select(['c.name as cooperation', 'a.writtenAt'])
			.where('a.writtenBy', '=', me)
			.orderBy('a.writtenAt')
			.execute(),
		articles: await of()
			.innerJoin('agreementClauses as l', 'l.agreementId', 'a.id')
			.select(['c.name as cooperation', 'l.title', 'l.text', 'l.changedAt', 'l.removedAt'])
			.where((eb) => eb.or([eb('l.changedBy', '=', me), eb('l.removedBy', '=', me)]))
			.orderBy('l.changedAt')
			.execute(),
		frozen: await of()
			.innerJoin('agreementVersions as v', 'v.agreementId', 'a.id')
			.select(['c.name as cooperation', 'v.n', 'v.sha256', 'v.frozenAt'])
			.where('v.frozenBy', '=', me)
			.orderBy('v.frozenAt')
			.execute(),
		signatures: await of()
			.innerJoin('agreementVersions as v', 'v.agreementId', 'a.id')
			.innerJoin('agreementSignatures as s', 's.versionId', 'v.id')
			.select(['c.name as cooperation', 'v.n', 's.signatory', 's.capacity', 's.signedOn', 's.notedAt', 's.replacedAt'])
			.where('s.notedBy', '=', me)
			.orderBy('s.notedAt')
			.execute()
	};
}

import { NotFound } from '#platform/errors.ts';
import type { Context } from '#platform/context.server.ts';

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

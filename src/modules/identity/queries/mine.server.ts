import type { Context } from '#platform/context.server.ts';

/** What this module holds about oneself, for the export: what one claimed, took over, objected to, and decided for others. */
export async function listOwnIdentity({ db, actor }: Context) {
	if (actor.is !== 'person') return { claims: [], claimsDecided: [], takeovers: [], takeoversDecided: [], objections: [] };
	const me = actor.id;
	return {
		claims: await db
			.selectFrom('claims')
			.select(['way', 'email', 'knownBy', 'words', 'askedAt', 'grantedAt', 'refusedAt', 'refusal', 'withdrawnAt'])
			.where('personId', '=', me)
			.orderBy('askedAt')
			.execute(),
		claimsDecided: await db
			.selectFrom('claims')
			.select(['way', 'letterAt', 'grantedAt', 'refusedAt'])
			.where((eb) => eb.or([eb('grantedBy', '=', me), eb('refusedBy', '=', me), eb('letterBy', '=', me)]))
			.orderBy('askedAt')
			.execute(),
		takeovers: await db
			.selectFrom('takeovers')
			.select(['reason', 'askedAt', 'grantedAt', 'refusedAt', 'words', 'withdrawnAt'])
			.where('personId', '=', me)
			.orderBy('askedAt')
			.execute(),
		takeoversDecided: await db
			.selectFrom('takeovers')
			.select(['grantedAt', 'refusedAt', 'words'])
			.where((eb) => eb.or([eb('grantedBy', '=', me), eb('refusedBy', '=', me)]))
			.orderBy('askedAt')
			.execute(),
		objections: await db
			.selectFrom('takeoverObjections')
			.select(['words', 'objectedAt'])
			.where('personId', '=', me)
			.orderBy('objectedAt')
			.execute()
	};
}

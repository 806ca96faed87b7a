import type { Reader } from '#platform/context.server.ts';

/** The hubs that an organisation accepted and that can be written to. */
export const hubsAccompanying = (db: Reader, organisationId: string) =>
	db
		.selectFrom('accompaniments as a')
		.innerJoin('hubs as h', 'h.organisationId', 'a.hubId')
		.select(['h.organisationId as id', 'h.senderName as name', 'h.senderEmail as email'])
		.where('a.organisationId', '=', organisationId)
		.where('a.acceptedAt', 'is not', null)
		.where('a.endedAt', 'is', null)
		.where('h.closedAt', 'is', null)
		.execute();

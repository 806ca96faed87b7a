import { sql } from 'kysely';
import { organisationsOf } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { nobody, orNobody } from '#platform/ids.ts';
import { partnersInSight, type Cooperation } from '#modules/cooperations/queries.server.ts';
import { accompaniedOrganisations } from '#modules/hubs/queries.server.ts';
import { listPeopleOf, membersToday } from '#modules/organisations/queries/people.server.ts';

export const sizes = ['large', 'small'] as const;
export type Size = (typeof sizes)[number];

/** Where a photo is served: large on a sheet, small in a list. A new photo has a new address. */
const pathOf = (id: string, size: Size = 'large'): string => `/portraits/${id}${size === 'small' ? '?taille=petite' : ''}`;

/**
 * Every read of this module starts here: one's own photo, and those of the people of one's structures, of the partners of their
 * cooperations, and of what one's hub accompanies. The directory shows names to everyone who signed in, faces to these only.
 */
const visiblePortraits = (context: Context) => {
	const { actor, db } = context;
	const me = actor.is === 'person' ? actor.id : nobody;
	const ours = organisationsOf(actor);
	return db
		.selectFrom('portraits as f')
		.where('f.revokedAt', 'is', null)
		.where((eb) =>
			eb.or([
				eb('f.personId', '=', me),
				eb(
					'f.personId',
					'in',
					membersToday(context)
						.where((on) =>
							on.or([
								on('organisationId', 'in', orNobody(ours)),
								on('organisationId', 'in', partnersInSight(context)),
								on('organisationId', 'in', accompaniedOrganisations(context))
							])
						)
						.select('personId')
				)
			])
		);
};

/** Where the photos of these people are, for those who may see them; nobody else knows that there is one. */
export async function portraitsOf(context: Context, personIds: string[], size: Size = 'large'): Promise<Map<string, string>> {
	if (!personIds.length || context.actor.is !== 'person') return new Map();
	const rows = await visiblePortraits(context).select(['f.id', 'f.personId']).where('f.personId', 'in', personIds).execute();
	return new Map(rows.map(({ id, personId }) => [personId, pathOf(id, size)]));
}

/** A photo by its address, for those who may see it. */
export async function findPortrait(
	context: Context,
	id: string,
	size: Size = 'large'
): Promise<{ file: string; mediaType: string }> {
	if (!/^[0-9a-f-]{36}$/i.test(id)) throw new NotFound();
	const row = await visiblePortraits(context)
		.innerJoin('files', (join) =>
			size === 'small'
				? join.on(sql`files.sha256`, '=', sql`coalesce(f.small, f.file)`)
				: join.onRef('files.sha256', '=', 'f.file')
		)
		.select(['files.sha256 as file', 'files.mediaType'])
		.where('f.id', '=', id)
		.executeTakeFirst();
	if (!row) throw new NotFound();
	return row;
}

/** One's own photo, and since when one agreed to show it. */
export async function findMyPortrait({ db, actor }: Context) {
	if (actor.is !== 'person') return null;
	const row = await db
		.selectFrom('portraits')
		.select(['id', 'file', 'small', 'agreedAt', 'agreedTo'])
		.where('personId', '=', actor.id)
		.where('revokedAt', 'is', null)
		.executeTakeFirst();
	return row ? { ...row, path: pathOf(row.id) } : null;
}

/** What this module holds about oneself, for the export. */
export async function listOwnPortraits({ db, actor }: Context) {
	if (actor.is !== 'person') return [];
	const rows = await db
		.selectFrom('portraits')
		.select(['id', 'agreedTo', 'agreedAt', 'revokedAt'])
		.where('personId', '=', actor.id)
		.orderBy('agreedAt')
		.execute();
	return rows.map(({ id, ...row }) => ({ ...row, photo: row.revokedAt ? null : pathOf(id) }));
}

/** Who is who in a cooperation: the people of its accepted partners, in the order of every page, with the faces that they show. */
export async function listFaces(context: Context, cooperation: Pick<Cooperation, 'accepted'>) {
	const people = await listPeopleOf(
		context,
		cooperation.accepted.map(({ organisationId }) => organisationId)
	);
	const portraits = await portraitsOf(
		context,
		people.map(({ personId }) => personId)
	);
	return cooperation.accepted.map(({ organisationId, name }) => ({
		organisationId,
		name,
		people: people
			.filter((one) => one.organisationId === organisationId)
			.map((one) => ({ ...one, photo: portraits.get(one.personId) ?? null }))
	}));
}

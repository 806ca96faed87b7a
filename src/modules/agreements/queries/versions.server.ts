import { sharedCooperations } from '#modules/cooperations/queries.server.ts';
import { followedCooperations } from '#modules/cooperations/queries/helped.server.ts';
import { summariesOf } from '#modules/organisations/queries.server.ts';
import { namesOfPersons } from '#modules/people/queries.server.ts';
import { organisationsOf } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { addressName, orNobody } from '#platform/ids.ts';
import type { Content } from '../rules/compile.ts';
import { standingOf, type Signature } from '../rules/versions.ts';

/**
 * Every read of this module starts here: the accepted partners, and the hub that accompanies and who helps when they let them. A partner that
 * left, or is invited again, reads the versions frozen while it was one.
 */
export const visibleVersions = (context: Context) =>
	context.db
		.selectFrom('agreementVersions as v')
		.innerJoin('agreements as a', 'a.id', 'v.agreementId')
		.where((eb) =>
			eb.or([
				eb('a.cooperationId', 'in', sharedCooperations(context)),
				eb.and([eb('a.audience', '=', 'accompagnateur'), eb('a.cooperationId', 'in', followedCooperations(context))]),
				eb.exists(
					eb
						.selectFrom('agreementParties as p')
						.select('p.versionId')
						.whereRef('p.versionId', '=', 'v.id')
						.where('p.organisationId', 'in', orNobody(organisationsOf(context.actor)))
				)
			])
		);

const versionColumns = [
	'v.id',
	'v.agreementId',
	'v.n',
	'v.kind',
	'v.sha256',
	'v.reading',
	'v.archive',
	'v.mediaType',
	'v.name',
	'v.pages',
	'v.frozenAt',
	'v.frozenBy',
	'v.frozenFor'
] as const;

type Row = {
	id: string;
	agreementId: string;
	n: number;
	kind: string;
	sha256: string;
	reading: string;
	archive: string | null;
	mediaType: string;
	name: string | null;
	pages: number | null;
	frozenAt: Date;
	frozenBy: string | null;
	frozenFor: string;
};

async function named({ db }: Context, rows: Row[]) {
	const organisations = await summariesOf(
		db,
		rows.map(({ frozenFor }) => frozenFor)
	);
	return rows.map((row) => ({
		...row,
		kind: row.kind as 'compiled' | 'own document',
		frozenForName: organisations.get(row.frozenFor)!.name
	}));
}
export type Version = Awaited<ReturnType<typeof named>>[number];

/** The number of the last version, whoever may read it: 0 when none was frozen. */
export async function lastNumber({ db }: Context, agreementId: string): Promise<number> {
	const { last } = await db
		.selectFrom('agreementVersions')
		.select(({ fn }) => fn.max('n').as('last'))
		.where('agreementId', '=', agreementId)
		.executeTakeFirstOrThrow();
	return last ?? 0;
}

/** How many versions a page lists: more stay readable at their address. */
const versionsShown = 50;

/** The frozen versions of an agreement that the actor may read, the latest first. */
export async function listVersions(context: Context, cooperationId: string): Promise<Version[]> {
	const rows = await visibleVersions(context)
		.select(versionColumns)
		.where('a.cooperationId', '=', cooperationId)
		.orderBy('v.n', 'desc')
		.limit(versionsShown)
		.execute();
	return named(context, rows);
}

/** One frozen version by its number, with its text. */
export async function findVersion(
	context: Context,
	cooperationId: string,
	n: number
): Promise<Version & { content: Content | null; text: string | null }> {
	const row = Number.isSafeInteger(n)
		? await visibleVersions(context)
				.select(versionColumns)
				.select('v.content')
				.where('a.cooperationId', '=', cooperationId)
				.where('v.n', '=', n)
				.executeTakeFirst()
		: undefined;
	if (!row) throw new NotFound();
	const { content: text, ...bare } = row;
	const [version] = await named(context, [bare]);
	return { ...version!, text, content: text === null ? null : (JSON.parse(text) as Content) };
}

/** Who a version waits for and where each stands, in the order of every page. For those who read the version. */
export async function listSignatures(context: Context, versionId: string) {
	const { db } = context;
	const parties = await db
		.selectFrom('agreementParties')
		.select('organisationId')
		.where('versionId', '=', versionId)
		.orderBy('position')
		.execute();
	const rows = await db
		.selectFrom('agreementSignatures as s')
		.leftJoin('files as f', 'f.sha256', 's.file')
		.select(['s.organisationId', 's.file', 's.signatory', 's.capacity', 's.signedOn', 's.notedAt', 's.notedBy', 's.notedFor'])
		.select('f.mediaType')
		.where('s.versionId', '=', versionId)
		.where('s.replacedAt', 'is', null)
		.execute();
	const organisations = await summariesOf(db, [
		...parties.map(({ organisationId }) => organisationId),
		...rows.map(({ notedFor }) => notedFor).filter((id) => id !== null)
	]);
	const persons = await namesOfPersons(
		db,
		rows.map(({ notedBy }) => notedBy).filter((id) => id !== null)
	);
	return parties.map(({ organisationId }) => {
		const row = rows.find((one) => one.organisationId === organisationId);
		const { name, kind, code } = organisations.get(organisationId)!;
		const signature: (Signature & { notedByName: string | null }) | null = row
			? {
					...row,
					house: row.notedFor && row.notedFor !== organisationId ? organisations.get(row.notedFor)!.name : null,
					notedByName: row.notedBy ? (persons.get(row.notedBy) ?? null) : null
				}
			: null;
		return {
			organisationId,
			name,
			kind,
			address: addressName(name, code),
			standing: standingOf(signature ?? undefined),
			signature
		};
	});
}
export type Signatory = Awaited<ReturnType<typeof listSignatures>>[number];

import fs from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { ask, type Context, type Reader } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { settings } from '#platform/running.server.ts';
import type { Identifier } from '#modules/organisations/rules/identifiers.ts';
import { mayBringRegister } from './policy.ts';
import { endedAt } from './queries/life.server.ts';
import { keyedBy, sources, type Source } from './rules/sources.ts';

/** What may be seen of an official record: everything that its register publishes but the street, which may be somebody's home. */
const shown = [
	'b.id',
	'b.source',
	'b.key',
	'b.name',
	'b.shortName',
	'b.otherNames',
	'b.purpose',
	'b.objectCode',
	'b.secondObjectCode',
	'b.activityCode',
	'b.legalForm',
	'b.grouping',
	'b.kind',
	'b.communeCode',
	'b.communeName',
	'b.postcode',
	'b.website',
	'b.createdOn',
	'b.declaredOn',
	'b.endedOn',
	'b.active',
	'b.employeesClass',
	'b.employeesYear',
	'b.siren',
	'b.siret',
	'b.rna',
	'b.formerKey',
	'b.unverified',
	'b.sameAs',
	'b.changedAt',
	'b.vanishedAt'
] as const;

/** Every read of this module starts here: the registers are for those who signed in, like the directory. */
const visibleBodies = ({ db, actor }: Context) =>
	db
		.selectFrom('officialBodies as b')
		.$if(actor.is !== 'person' && actor.is !== 'system', (query) => query.where(sql<boolean>`false`));

const isSource = (text: string): text is Source => (sources as readonly string[]).includes(text);

/** One record of one register. */
export async function findOfficial(context: Context, { source, key }: { source: string; key: string }) {
	const row = isSource(source)
		? await visibleBodies(context).select(shown).where('b.source', '=', source).where('b.key', '=', key).executeTakeFirst()
		: undefined;
	if (!row) throw new NotFound();
	return row;
}
export type Official = Awaited<ReturnType<typeof findOfficial>>;

/** The records that bear a number, in whichever register: its own first, then those that publish it beside theirs. */
export async function listByIdentifier(context: Context, { kind, value }: Identifier, { limit = 20 } = {}): Promise<Official[]> {
	const number = kind === 'siret' ? value.slice(0, 9) : value;
	const register = kind === 'siret' ? 'siren' : kind;
	if (register !== 'rna' && register !== 'siren' && register !== 'bce') return [];
	const own = await visibleBodies(context)
		.select(shown)
		.where('b.source', 'in', keyedBy[register])
		.where('b.key', '=', number)
		.limit(limit)
		.execute();
	if (register === 'bce') return own;
	const beside = await visibleBodies(context)
		.select(shown)
		.where(`b.${register}`, '=', number)
		.orderBy('b.id')
		.limit(limit)
		.execute();
	return [...own, ...beside.filter(({ id }) => own.every((one) => one.id !== id))].slice(0, limit);
}

/** The official records of an organisation of the directory, today's, with since when and how they are known to be its own. */
export async function listOfficialOf(context: Context, organisationId: string) {
	return visibleBodies(context)
		.innerJoin('organisationOfficialRecords as r', 'r.bodyId', 'b.id')
		.select(shown)
		.select(['r.since', 'r.how'])
		.where('r.organisationId', '=', organisationId)
		.where('r.until', 'is', null)
		.orderBy('r.since')
		.orderBy('b.id')
		.limit(50)
		.execute();
}

/** The records that are of the same body by the numbers that they publish, today's links. */
export async function listSameBody(context: Context, bodyId: number) {
	return visibleBodies(context)
		.innerJoin('officialLinks as l', (join) =>
			join.on((eb) =>
				eb.or([
					eb.and([eb('l.bodyId', '=', bodyId), eb('l.otherId', '=', eb.ref('b.id'))]),
					eb.and([eb('l.otherId', '=', bodyId), eb('l.bodyId', '=', eb.ref('b.id'))])
				])
			)
		)
		.select(shown)
		.select(['l.since as linkedSince', 'l.byNumber'])
		.where('l.until', 'is', null)
		.orderBy('b.id')
		.limit(50)
		.execute();
}

/** Where a reading is: `cut` says that nobody works on it any more, `waits` that another is under way. */
export type State = 'refused' | 'done' | 'stopped' | 'under-way' | 'waits' | 'cut';

/** The readings of registers, the latest first; for those who keep the instance. */
export async function listRegisterImports({ db, actor }: Context, { limit = 30 } = {}) {
	if (!mayBringRegister(actor)) throw new NotFound();
	const rows = await db
		.selectFrom('officialImports')
		.select([
			'id',
			'source',
			'fileName',
			'filePath',
			'departments',
			'communes',
			'broughtAt',
			'startedAt',
			'finishedAt',
			'resumedAt',
			'seenAt',
			'stoppedAt'
		])
		.select(['resumedRows', 'bytesRead', 'bytesTotal', 'rowsRead', 'rowsAdded', 'rowsChanged', 'rowsUnchanged', 'rowsRepeated'])
		.select(['rowsElsewhere', 'rowsOther', 'rowsJoined', 'rowsRejected', 'bodiesEnded', 'bodiesVanished', 'numbersUnverified'])
		.select(['remarks', 'refusedCode', 'refusedDetails', 'rejectedBytes'])
		.select(sql<boolean>`brought_by is not null`.as('onScreen'))
		.orderBy('id', 'desc')
		.limit(limit)
		.execute();
	// Whoever reads holds the lock of all readings: the last that was taken up is the one that is under way.
	const held = await ask(
		db,
		sql<{ held: boolean }>`select exists (select from pg_locks where locktype = 'advisory' and granted
		and database = (select oid from pg_database where datname = current_database())
		and ((classid::bigint << 32) | objid::bigint) = hashtext('ensemblier official register')::bigint) as held`
	);
	const open = rows.filter((row) => !row.finishedAt && !row.refusedCode && row.resumedAt);
	const under = held[0]!.held ? open.toSorted((a, b) => b.resumedAt!.getTime() - a.resumedAt!.getTime())[0]?.id : undefined;
	return Promise.all(
		rows.map(async ({ filePath, ...row }) => {
			const state: State = row.refusedCode
				? 'refused'
				: row.finishedAt
					? 'done'
					: row.id === under
						? 'under-way'
						: row.stoppedAt
							? 'stopped'
							: row.onScreen
								? 'waits'
								: 'cut';
			const over = state === 'done' || state === 'refused';
			return {
				...row,
				state,
				fileThere:
					!over &&
					(await fs.access(filePath).then(
						() => true,
						() => false
					)),
				remarks: row.remarks as { code: string; details: Record<string, string | number> }[],
				refusedDetails: row.refusedDetails as Record<string, string | number> | null
			};
		})
	);
}

/** The rejected rows of a reading, in a file that is opened in a spreadsheet. */
export const rejectedFile = (dataFolder: string, id: number): string => path.join(dataFolder, 'imports', 'rejets', `${id}.csv`);

/** The file of the rejected rows of a reading, and how much of it was committed; null when no row was rejected. */
export async function findRejected({ db, actor }: Context, reading: string): Promise<{ file: string; size: number } | null> {
	if (!mayBringRegister(actor) || !/^\d{1,9}$/.test(reading)) throw new NotFound();
	const row = await db
		.selectFrom('officialImports')
		.select(['id', 'rejectedBytes'])
		.where('id', '=', Number(reading))
		.executeTakeFirst();
	if (!row) throw new NotFound();
	const file = rejectedFile(settings().dataFolder, row.id);
	return Number(row.rejectedBytes) ? { file, size: Number(row.rejectedBytes) } : null;
}

/** The files that somebody laid in the folder `imports` of the data. */
export async function listImportFolder({ actor }: Context): Promise<string[]> {
	if (!mayBringRegister(actor)) throw new NotFound();
	const names = await fs.readdir(path.join(settings().dataFolder, 'imports')).catch(() => []);
	return names.filter((name) => /\.(?:csv|tsv|txt|zip|gz)$/i.test(name)).toSorted();
}

/** The files that the person brought, for the copy of their data. */
export async function listOwnRegisterImports({ actor, db }: Context) {
	if (actor.is !== 'person') return [];
	return await db
		.selectFrom('officialImports')
		.select(['source', 'fileName', 'broughtAt'])
		.where((eb) => eb.or([eb('broughtBy', '=', actor.id), eb('stoppedBy', '=', actor.id)]))
		.orderBy('broughtAt')
		.execute();
}

/** Of some organisations, those whose official records all say that they have ended, or whose dissolution was published: the caller has been allowed to read them. */
export async function dissolvedAmong(db: Reader, organisationIds: string[]): Promise<Set<string>> {
	if (!organisationIds.length) return new Set();
	const rows = await db
		.selectFrom('organisationOfficialRecords as r')
		.innerJoin('officialBodies as b', 'b.id', 'r.bodyId')
		.select('r.organisationId')
		.where('r.organisationId', 'in', organisationIds)
		.where('r.until', 'is', null)
		.groupBy('r.organisationId')
		.having(sql<boolean>`bool_and(${sql.raw(endedAt('now()'))})`)
		.execute();
	return new Set(rows.map(({ organisationId }) => organisationId));
}

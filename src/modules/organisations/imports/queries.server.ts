import { sql } from 'kysely';
import { administers, hubsOf } from '#platform/actor.ts';
import { ask, type Context, type Reader } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { nobody, orNobody } from '#platform/ids.ts';
import { pathOf, placeOf } from '../queries.server.ts';
import { mayBringList } from './policy.ts';
import { placeIn } from './queries/fates.server.ts';
import type { Entry } from './rules/gather.ts';
import type { Mapping } from './rules/list.ts';
import type { Remark } from './rules/row.ts';
import type { Understood } from './rules/parts.ts';
import { propose, signatureOf, type Remembered } from './rules/proposal.ts';
import { columnsOf, type Sketch } from './rules/sketch.ts';

export type Outcome = 'added' | 'known' | 'themes' | 'undecided';

/** Every read of this folder starts here: whoever brought a list, their hub, and administrators. */
const visibleImports = ({ db, actor }: Context) => {
	const hubs = hubsOf(actor);
	return db
		.selectFrom('imports as i')
		.where((eb) =>
			eb.or([
				eb('i.broughtBy', '=', actor.is === 'person' && mayBringList(actor) ? actor.id : nobody),
				eb('i.hubId', 'in', orNobody(hubs)),
				...(administers(actor) || actor.is === 'system' ? [sql<boolean>`true`] : [])
			])
		);
};

export const pageSize = 50;

/** The lists that were brought, the latest first. */
export async function listImports(context: Context, { page = 1 } = {}) {
	if (!mayBringList(context.actor)) throw new NotFound();
	const rows = await visibleImports(context)
		.leftJoin('persons as p', 'p.id', 'i.broughtBy')
		.select(['i.id', 'i.title', 'i.broughtAt', 'i.readAt', 'i.refusedCode', 'i.startedAt', 'i.finishedAt', 'i.mappedAt'])
		.select((eb) => eb('i.sketch', 'is not', null).as('sketched'))
		.select(['i.understood', 'p.name as by'])
		.orderBy('i.broughtAt', 'desc')
		.orderBy('i.id', 'desc')
		.limit(pageSize + 1)
		.offset((page - 1) * pageSize)
		.execute();
	return {
		more: rows.length > pageSize,
		imports: rows.slice(0, pageSize).map((row) => ({ ...row, understood: row.understood as Understood | null }))
	};
}

/** A list with what became, or would become, of its rows. */
export async function findImport(context: Context, id: string) {
	const { db } = context;
	const row = await visibleImports(context)
		.select(['i.id', 'i.title', 'i.kind', 'i.broughtBy', 'i.broughtAt', 'i.readAt', 'i.refusedCode', 'i.refusedDetails'])
		.select(['i.startedAt', 'i.finishedAt', 'i.understood', 'i.hubId', 'i.mappedAt'])
		.select((eb) => eb('i.sketch', 'is not', null).as('sketched'))
		.where('i.id', '=', /^[0-9a-f-]{36}$/i.test(id) ? id : nobody)
		.executeTakeFirst();
	if (!row) throw new NotFound();
	const counts = await db
		.selectFrom('importRows')
		.select(['expected', 'outcome', 'decision'])
		.select(sql<number>`count(*)::int`.as('count'))
		.select(sql<number>`count(done_at)::int`.as('done'))
		.where('importId', '=', row.id)
		.groupBy(['expected', 'outcome', 'decision'])
		.execute();
	const sum = (which: (one: (typeof counts)[number]) => boolean) =>
		counts.filter(which).reduce((total, { count }) => total + count, 0);
	const before = row.startedAt
		? await db
				.selectFrom('imports')
				.select('id')
				.where('startedAt', '<', row.startedAt)
				.where('finishedAt', 'is', null)
				.limit(1)
				.executeTakeFirst()
		: undefined;
	const readBefore = row.readAt
		? undefined
		: await db
				.selectFrom('imports')
				.select('id')
				.where('readAt', 'is', null)
				.where('refusedCode', 'is', null)
				.where((eb) => eb.or([eb('mapping', 'is not', null), eb('sketch', 'is', null)]))
				.where('broughtAt', '<', row.broughtAt)
				.limit(1)
				.executeTakeFirst();
	return {
		...row,
		/** Nobody has said yet what its columns are. */
		unmatched: row.sketched && row.mappedAt === null,
		/** Another list is read first. */
		waitsToBeRead: readBefore !== undefined,
		/** Nothing before the job has opened it. */
		understood: row.understood as Understood | null,
		refusedDetails: row.refusedDetails as Remark['details'] | null,
		/** Another list enters first. */
		waits: before !== undefined && row.finishedAt === null,
		expected: {
			new: sum(({ expected }) => expected === 'new'),
			known: sum(({ expected }) => expected === 'known'),
			themes: sum(({ expected }) => expected === 'themes'),
			likely: sum(({ expected }) => expected === 'likely')
		},
		done: counts.reduce((total, { done }) => total + done, 0),
		total: sum(() => true),
		became: {
			added: sum(({ outcome }) => outcome === 'added'),
			known: sum(({ outcome }) => outcome === 'known'),
			themes: sum(({ outcome }) => outcome === 'themes'),
			undecided: sum(({ outcome }) => outcome === 'undecided')
		}
	};
}
export type Import = Awaited<ReturnType<typeof findImport>>;

/**
 * The columns of a list, with what is proposed for each: what was matched before for its headers, else what they say. `header` is
 * somebody's word on whether its first line is a header.
 */
export async function columnsAsBrought(context: Context, importId: string, header?: boolean) {
	const row = await visibleImports(context)
		.select(['i.id', 'i.hubId', 'i.sketch', 'i.mapping', 'i.startedAt'])
		.where('i.id', '=', /^[0-9a-f-]{36}$/i.test(importId) ? importId : nobody)
		.executeTakeFirst();
	const sketch = row?.sketch as Sketch | null | undefined;
	if (!row || !sketch || row.startedAt) throw new NotFound();
	const matched = row.mapping as unknown as Mapping | null;
	const { titled, headers, signature, remembered } = await knownBy(context.db, row.hubId, sketch, header ?? matched?.header);
	const proposal = propose(sketch, remembered?.columns ?? null, titled);
	const said = matched && matched.fields.length === headers.length && matched.header === titled ? matched : null;
	return {
		...proposal,
		sketch,
		headers,
		signature,
		mapping: said ?? proposal.mapping,
		rememberedAt: remembered?.rememberedAt ?? null
	};
}

/**
 * The headers of a file, and what was remembered for them. A first line that somebody has matched before is a header, whatever it
 * looks like; `said` is somebody's word on it for this file.
 */
export async function knownBy(db: Reader, hubId: string | null, sketch: Sketch, said?: boolean) {
	const first = columnsOf(sketch, true).headers;
	const signature = said === false && !sketch.keys ? null : signatureOf(first);
	const remembered = signature ? await findRemembered(db, hubId, signature) : null;
	const titled = sketch.keys !== null || (said ?? (sketch.header || remembered !== null));
	const headers = titled ? first : columnsOf(sketch, false).headers;
	return { titled, headers, signature: titled ? signature : null, remembered };
}

/** What was remembered for files of these headers: the house's own word, else that of the instance. */
async function findRemembered(db: Reader, hubId: string | null, signature: string) {
	const found = await db
		.selectFrom('importColumns')
		.select(['columns', 'rememberedAt', 'hubId'])
		.where('signature', '=', signature)
		.where((eb) => eb.or([eb('hubId', 'is', null), ...(hubId ? [eb('hubId', '=', hubId)] : [])]))
		.orderBy('hubId', (order) => order.asc().nullsLast())
		.limit(1)
		.executeTakeFirst();
	return found ? { ...found, columns: found.columns as unknown as Remembered } : null;
}

const entryOf = (entry: unknown): Entry => entry as Entry;

/** The first organisations of a list, as they were read. */
export async function listRows({ db }: Context, importId: string, { limit = 50 } = {}) {
	const rows = await db
		.selectFrom('importRows')
		.select(['n', 'entry', 'expected', 'outcome'])
		.where('importId', '=', importId)
		.orderBy('n')
		.limit(limit)
		.execute();
	return rows.map(({ entry, ...row }) => {
		const { name, kind, commune, postcode, purpose, themes, website, email, phone, lines, identifiers, unverified } =
			entryOf(entry);
		const place = placeIn(entryOf(entry)).communeName ?? commune;
		const numbers = { numbers: identifiers.length, unverified: (unverified ?? []).map(({ written }) => written) };
		return { ...row, name, kind, place, postcode, purpose, themes, website, email, phone, lines, ...numbers };
	});
}

/** What could not be kept as it was written, such as a wrong number: the first organisations of which something is to be said. */
export async function listRemarks({ db }: Context, importId: string, { limit = 20 } = {}) {
	const rows = await db
		.selectFrom('importRows')
		.select('entry')
		.where('importId', '=', importId)
		.where(sql<boolean>`jsonb_array_length(entry -> 'told') > 0`)
		.orderBy('n')
		.limit(limit)
		.execute();
	return rows.map(({ entry }) => ({ name: entryOf(entry).name, told: entryOf(entry).told }));
}

/** Why lines came back: how many for each reason, with the first of them. */
export async function listRejections({ db }: Context, importId: string, { each = 5 } = {}) {
	const rows = await ask(
		db,
		sql<{ line: number; code: string; details: Remark['details']; raw: string[]; n: number; among: number }>`
		select line, code, details, raw, n, among from (
			select line, code, details, raw, row_number() over (partition by code order by line)::int as n,
				count(*) over (partition by code)::int as among
			from import_rejections where import_id = ${importId}
		) r where n <= ${each} order by among desc, code, n`
	);
	return [...Map.groupBy(rows, ({ code }) => code)].map(([code, lines]) => ({
		code,
		count: lines[0]!.among,
		lines: lines.map(({ line, details, raw }) => ({ line, details, raw }))
	}));
}

/** Every line that came back, with its reason and its cells as they were. */
export async function listRejectedLines({ db }: Context, importId: string) {
	const rows = await db
		.selectFrom('importRejections')
		.select(['line', 'code', 'details', 'raw'])
		.where('importId', '=', importId)
		.orderBy('line')
		.execute();
	return rows.map(({ details, ...row }) => ({ ...row, details: details as Remark['details'] }));
}

/** The likely duplicates that wait for somebody's word, side by side. */
export async function listToDecide({ db }: Context, importId: string, { limit = 20 } = {}) {
	const rows = await db
		.selectFrom('importRows as r')
		.innerJoin('organisations as o', 'o.id', 'r.candidate')
		.select(['r.n', 'r.entry', 'r.decision', 'r.outcome', 'o.name', 'o.code', 'o.purpose', 'o.themes', 'o.website'])
		.select(['o.communeCode', 'o.communeName'])
		.where('r.importId', '=', importId)
		.where((eb) =>
			eb.or([eb('r.outcome', '=', 'undecided'), eb.and([eb('r.outcome', 'is', null), eb('r.expected', '=', 'likely')])])
		)
		.orderBy('r.decision', (order) => order.asc().nullsFirst())
		.orderBy('r.n')
		.limit(limit)
		.execute();
	return rows.map(({ n, entry, decision, name, code, purpose, themes, website, ...place }) => {
		const ours = entryOf(entry);
		return {
			n,
			decision: decision as 'same' | 'other' | null,
			listed: {
				name: ours.name,
				place: placeIn(ours).communeName || ours.postcode || null,
				purpose: ours.purpose || null,
				themes: ours.themes,
				website: ours.website || null
			},
			known: { name, place: placeOf(place), purpose, themes, website, path: pathOf({ name, code }) }
		};
	});
}

/** Everything that a list became, for its report: one line an organisation, then what came back. */
export async function listReport({ db }: Context, importId: string) {
	const rows = await db
		.selectFrom('importRows as r')
		.leftJoin('organisations as o', 'o.id', 'r.organisationId')
		.select(['r.n', 'r.entry', 'r.outcome', 'r.expected', 'o.name as became'])
		.where('r.importId', '=', importId)
		.orderBy('r.n')
		.execute();
	return {
		rows: rows.map(({ entry, outcome, ...row }) => {
			const { name, lines, told } = entryOf(entry);
			return { ...row, outcome: outcome as Outcome | null, name, lines, told };
		}),
		rejections: await listRejectedLines({ db } as Context, importId)
	};
}

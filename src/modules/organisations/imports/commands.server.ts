import { personOf } from '#platform/actor.ts';
import { sql } from 'kysely';
import { beginChains, tellMany } from '#modules/journal/commands.server.ts';
import { allow, type Context, type Reader, type Writer } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { newCode, newId } from '#platform/ids.ts';
import { nameKey } from '../rules/names.ts';
import { mayBringList } from './policy.ts';
import { findImport, type Outcome } from './queries.server.ts';
import { fatesOf, placeIn } from './queries/fates.server.ts';
import type { Entry } from './rules/gather.ts';
import { newThemes, type Fate } from './rules/match.ts';

/** How many organisations enter in one transaction: a list that is cut loses at most this much work, and nothing else. */
const batchSize = 250;

/** Lets a list enter the directory: a job does it, after the lists that were let in before. */
export async function letIn(context: Context, importId: string): Promise<void> {
	const write = allow(context, mayBringList(context.actor));
	const one = await findImport(context, importId);
	if (one.startedAt) throw new Refused('hubs.list-already-in');
	if (!one.readAt) throw new Refused('hubs.list-not-read');
	await write
		.updateTable('imports')
		.set({ startedAt: context.now, content: null })
		.where('id', '=', one.id)
		.where('startedAt', 'is', null)
		.execute();
}

/** Gives a list up before it enters: nothing of it stays. */
export async function giveUp(context: Context, importId: string): Promise<void> {
	const write = allow(context, mayBringList(context.actor));
	const one = await findImport(context, importId);
	if (one.startedAt) throw new Refused('hubs.list-already-in');
	await write.deleteFrom('imports').where('id', '=', one.id).where('startedAt', 'is', null).execute();
}

/** Says whether a likely duplicate is the same organisation or another. Before the list enters it is kept; after, it is done at once. */
export async function decide(
	context: Context,
	importId: string,
	{ n, decision }: { n: number; decision: 'same' | 'other' }
): Promise<void> {
	const { actor, now } = context;
	const write = allow(context, mayBringList(actor));
	const one = await findImport(context, importId);
	const changed = await write
		.updateTable('importRows')
		.set({ decision, decidedAt: now, decidedBy: personOf(actor) })
		.where('importId', '=', one.id)
		.where('n', '=', n)
		.where('candidate', 'is not', null)
		.where((eb) => eb.or([eb('outcome', 'is', null), eb('outcome', '=', 'undecided')]))
		.returning(['n', 'entry', 'candidate', 'decision', 'outcome'])
		.executeTakeFirst();
	if (!changed) throw new Refused('hubs.list-decided');
	if (changed.outcome === 'undecided') await takeIn(write, now, { ...one, startedAt: one.startedAt! }, [changed]);
}

type Row = { n: number; entry: unknown; candidate: string | null; decision: string | null };
type Started = { id: string; broughtBy: string | null; kind: string; startedAt: Date };

/** The list whose turn it is to enter: they do in the order in which they were let in. */
export const nextToEnter = (db: Reader) =>
	db
		.selectFrom('imports')
		.select('id')
		.where('startedAt', 'is not', null)
		.where('finishedAt', 'is', null)
		.orderBy('startedAt')
		.orderBy('id')
		.limit(1)
		.executeTakeFirst();

/**
 * Takes the next organisations of a list into the directory, in one transaction, and says whether some remain. It may be cut
 * anywhere: what was committed is marked, the rest is found again.
 */
export async function takeNext(context: Context, importId: string): Promise<boolean> {
	const write = allow(context, context.actor.is === 'system');
	// The job and the terminal may both be at work: two lists never enter at the same time, so that each finds what the other brought.
	await sql`select pg_advisory_xact_lock(hashtext('take-in-lists'))`.execute(write);
	const list = await write
		.selectFrom('imports')
		.select(['id', 'broughtBy', 'kind', 'startedAt'])
		.where('id', '=', importId)
		.where('finishedAt', 'is', null)
		.forUpdate()
		.executeTakeFirst();
	if (!list?.startedAt) return false;
	const rows = await write
		.selectFrom('importRows')
		.select(['n', 'entry', 'candidate', 'decision'])
		.where('importId', '=', list.id)
		.where('doneAt', 'is', null)
		.orderBy('n')
		.limit(batchSize)
		.forUpdate()
		.execute();
	if (rows.length) await takeIn(write, context.now, { ...list, startedAt: list.startedAt }, rows);
	if (rows.length === batchSize) return true;
	await write.updateTable('imports').set({ finishedAt: context.now }).where('id', '=', list.id).execute();
	return false;
}

/** Whoever brought a list, for the journal; nobody in particular at the terminal. */
const bringer = ({ broughtBy }: Started): Record<string, string> => (broughtBy ? { person: broughtBy } : {});

/** Writes what becomes of some organisations of a list: a few statements for all of them. */
async function takeIn(write: Writer, now: Date, list: Started, rows: Row[]): Promise<void> {
	const entries = rows.map(({ entry }) => entry as Entry);
	const fates = await fatesOf(write, entries, list.startedAt);
	const decided = rows.filter(({ decision, candidate }) => decision === 'same' && candidate).map(({ candidate }) => candidate!);
	const candidates = new Map(
		decided.length
			? (await write.selectFrom('organisations').select(['id', 'themes']).where('id', 'in', decided).execute()).map((one) => [
					one.id,
					one.themes
				])
			: []
	);
	const done: { n: number; outcome: Outcome; candidate: string | null; organisation: string | null }[] = [];
	const added: { id: string; entry: Entry }[] = [];
	const themed = new Map<string, string[]>();
	const keys: { key: string; organisation: string }[] = [];
	const remember = (entry: Entry, organisation: string) => keys.push(...entry.keys.map((key) => ({ key, organisation })));
	for (const [i, { n, candidate, decision }] of rows.entries()) {
		const entry = entries[i]!;
		const fate = fates[i]!;
		const same = decision === 'same' && candidate ? candidate : null;
		if (fate.expected === 'known' || fate.expected === 'themes' || same) {
			const organisation = same ?? (fate as Extract<Fate, { organisation: unknown }>).organisation.id;
			const themes = same
				? newThemes([...(candidates.get(same) ?? []), ...(themed.get(same) ?? [])], entry.themes)
				: newThemes(themed.get(organisation) ?? [], (fate as Extract<Fate, { themes: unknown }>).themes);
			if (themes.length) themed.set(organisation, [...(themed.get(organisation) ?? []), ...themes]);
			remember(entry, organisation);
			done.push({ n, outcome: themes.length ? 'themes' : 'known', candidate, organisation });
		} else if (fate.expected === 'likely' && decision === null) {
			done.push({ n, outcome: 'undecided', candidate: fate.candidate, organisation: null });
		} else {
			const id = newId();
			added.push({ id, entry });
			remember(entry, id);
			done.push({ n, outcome: 'added', candidate, organisation: id });
		}
	}
	await addAll(write, now, list, added);
	if (themed.size) {
		const all = [...themed].map(([id, themes]) => ({ id, themes }));
		await sql`update organisations o set themes = o.themes || array(select jsonb_array_elements_text(t.themes)), updated_at = ${now}
			from jsonb_to_recordset(${JSON.stringify(all)}::jsonb) as t (id uuid, themes jsonb) where o.id = t.id`.execute(write);
		await tellMany(
			write,
			now,
			'themes-added',
			all.map(({ id, themes }) => ({
				organisation: id,
				ids: { ...bringer(list), import: list.id },
				says: { themes: themes.join(', ') }
			}))
		);
	}
	await sql`insert into organisation_keys (key, organisation_id) select key, organisation
		from unnest(${keys.map(({ key }) => key)}::text[], ${keys.map(({ organisation }) => organisation)}::uuid[]) as k (key, organisation)
		on conflict do nothing`.execute(write);
	await sql`update import_rows r set outcome = d.outcome, candidate = d.candidate, organisation_id = d.organisation, done_at = ${now}
		from jsonb_to_recordset(${JSON.stringify(done)}::jsonb) as d (n int, outcome text, candidate uuid, organisation uuid)
		where r.import_id = ${list.id} and r.n = d.n`.execute(write);
}

/** Adds organisations that nobody manages yet, each with its chain. Their street is kept, and never shown. */
async function addAll(write: Writer, now: Date, list: Started, added: { id: string; entry: Entry }[]): Promise<void> {
	if (!added.length) return;
	await write
		.insertInto('organisations')
		.values(
			added.map(({ id, entry }) => ({
				id,
				code: newCode(),
				kind: entry.kind || list.kind,
				name: entry.name,
				nameKey: nameKey(entry.name),
				shortName: entry.sigle || null,
				otherNames: entry.otherNames,
				purpose: entry.purpose || null,
				themes: entry.themes,
				// A list that was read before these were looked for has none of them.
				audiences: entry.audiences ?? [],
				networks: entry.networks ?? [],
				employees: entry.employees ?? null,
				volunteers: entry.volunteers ?? null,
				website: entry.website || null,
				email: entry.email || null,
				phone: entry.phone || null,
				street: entry.street || null,
				postcode: entry.postcode || null,
				...placeIn(entry),
				registeredAt: now,
				registeredBy: list.broughtBy,
				updatedAt: now
			}))
		)
		.execute();
	const numbers = added.flatMap(({ id, entry }) => entry.identifiers.map((one) => ({ id, ...one })));
	if (numbers.length)
		await sql`insert into organisation_identifiers (organisation_id, kind, value, added_at)
			select id, kind, value, ${now} from jsonb_to_recordset(${JSON.stringify(numbers)}::jsonb) as i (id uuid, kind text, value text)
			on conflict do nothing`.execute(write);
	const unverified = added.flatMap(({ id, entry }) => (entry.unverified ?? []).map((one) => ({ id, ...one })));
	if (unverified.length)
		await sql`insert into organisation_unverified_numbers (organisation_id, kind, written, code, import_id, added_at)
			select id, kind, written, code, ${list.id}, ${now} from jsonb_to_recordset(${JSON.stringify(unverified)}::jsonb)
			as u (id uuid, kind text, written text, code text) on conflict do nothing`.execute(write);
	await beginChains(
		write,
		added.map(({ id }) => id)
	);
	await tellMany(
		write,
		now,
		'organisation-registered',
		added.map(({ id, entry }) => ({
			organisation: id,
			ids: { ...bringer(list), import: list.id },
			says: { name: entry.name }
		}))
	);
}

import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { verifyChains } from '#modules/journal/queries.server.ts';
import { endCooperation } from '#modules/cooperations/commands/ending.server.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { addMember, registerOrganisation, writeIdentifier } from '#modules/organisations/commands.server.ts';
import { findOrganisation, listOrganisations, summariesOf } from '#modules/organisations/queries.server.ts';
import { listBelongings } from '#modules/organisations/queries/belongings.server.ts';
import { listMembers } from '#modules/organisations/queries/people.server.ts';
import { writeLine } from '#modules/lines/commands.server.ts';
import { noDetails } from '#modules/lines/rules.ts';
import { allow, inTransaction, type Context } from '#platform/context.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { newCode, newId } from '#platform/ids.ts';
import { actorFor } from '../../../../seeds/world.ts';
import { plantDoors } from '../../../../tests/matrix/doors.ts';
import { testDatabase } from '../../../../tests/database.ts';
import { mergeOrganisations, separateOrganisations } from './commands.server.ts';
import { countHangs, listMerges, mayMergeThese, previewMerge } from './queries.server.ts';

const { db } = await testDatabase();
const { world } = await plantDoors(db);
const now = new Date('2026-11-20T09:00:00Z');
const { nadia, samir, bruno, agathe, claire, yann } = world.actors;
const { structures } = world;

/** Runs as somebody and rolls back. */
class Back extends Error {}
async function as<T>(actor: Context['actor'], run: (context: Context) => Promise<T>): Promise<T> {
	let value: T;
	await inTransaction(db, { actor, now, mode: 'write' }, async (context) => {
		value = await run(context);
		throw new Back();
	}).catch((problem: unknown) => {
		if (!(problem instanceof Back)) throw problem;
	});
	return value!;
}
const merge = (context: Context, keptId: string, absorbedId: string, agreed = true) =>
	mergeOrganisations(context, { keptId, absorbedId, reason: 'C’est la même.', agreed });

/** Every row of every table that can name an organisation, as text. */
async function rows(context: Context): Promise<Map<string, string[]>> {
	const tables = await context.db.selectFrom('organisationColumns').select('tableName').distinct().execute();
	const all = new Map<string, string[]>();
	for (const { tableName } of tables) {
		const { rows: found } = await sql<{
			text: string;
		}>`select to_jsonb(t)::text as text from ${sql.table(tableName!)} t order by 1`.execute(context.db as never);
		all.set(
			tableName!,
			found.map(({ text }) => text)
		);
	}
	return all;
}

test('every column that names an organisation is found by the catalogue, and hangs on what can wait', async () => {
	const { rows: named } = await sql<{ name: string }>`
		select c.table_name || '.' || c.column_name as name from information_schema.columns c
		join information_schema.tables t on t.table_name = c.table_name and t.table_schema = 'public' and t.table_type = 'BASE TABLE'
		where c.table_schema = 'public' and c.data_type = 'uuid' and c.table_name not in ('organisation_merges', 'organisation_merge_moves')
		and (c.column_name ~ '(organisation|_for$|_for_|^hub)' ) order by 1`.execute(db);
	const found = await db.selectFrom('organisationColumns').selectAll().execute();
	const listed = new Set(found.map((one) => `${one.tableName}.${one.columnName}`));
	expect(named.map(({ name }) => name).filter((name) => !listed.has(name))).toEqual([]);
	const { rows: stiff } = await sql<{ name: string }>`
		select distinct c.conname as name from pg_constraint c, unnest(c.conkey, c.confkey) as k (own, target)
		join organisation_columns o on true
		where c.contype = 'f' and not c.condeferrable and c.confrelid <> 'organisations'::regclass
		and c.confrelid::regclass::text = o.table_name
		and k.target = (select attnum from pg_attribute a where a.attrelid = c.confrelid and a.attname = o.column_name)
		and o.column_name <> 'invitee'`.execute(db);
	expect(stiff, 'alter table … alter constraint … deferrable initially immediate').toEqual([]);
	const { rows: keyless } = await sql<{ name: string }>`
		select distinct o.table_name as name from organisation_columns o
		where not exists (select from pg_index i where i.indrelid = o.table_name::regclass and i.indisunique and i.indpred is null)`.execute(
		db
	);
	expect(keyless).toEqual([]);
});

test('all that hangs on one goes to the other, and comes back', async () => {
	await as(agathe, async (context) => {
		// A person of both, who manages only the one that is absorbed; a number of both, and one of each.
		const write = allow(context, true);
		await addMember(write, context, structures.samir, { personId: nadia.id, manager: false, may: 'discuss' });
		const everything = { ...context, actor: nadia };
		await writeIdentifier(write, everything, structures.nadia, '732 829 320');
		await writeIdentifier(write, { ...context, actor: samir }, structures.samir, '732 829 320');
		const own = newId();
		await writeLine(everything, world.cooperation.id, {
			id: own,
			kind: 'information',
			text: 'Nous seuls le savons.',
			audience: 'organisation',
			actingFor: null,
			...noDetails
		});
		const before = await rows(context);
		const hangs = await countHangs(context.db, structures.nadia);
		expect(hangs.length).toBeGreaterThan(10);
		const preview = await previewMerge(context, structures.samir, structures.nadia);
		expect(preview).toMatchObject({ needsAgreement: true, shared: [] });

		const { id, path } = await merge(context, structures.samir, structures.nadia);
		// The old address leads to the kept one; the list shows one of them.
		const old = nadia.belongings[0]!.path.replace('/structures/', '');
		expect((await findOrganisation(context, old)).id).toBe(structures.samir);
		expect(path).toContain('radio-sorbier');
		const named = await listOrganisations(context, { words: 'Soleil', kind: null, theme: null, page: 1 });
		expect(named.organisations.map((one) => one.id)).not.toContain(structures.nadia);
		// Nadia belongs to the kept one only, and manages it as she managed the other.
		const belongings = await listBelongings(context.db, nadia.id, now);
		expect(belongings.map(({ organisationId, manager }) => ({ organisationId, manager }))).toEqual([
			{ organisationId: structures.samir, manager: true }
		]);
		expect((await listMembers(context, structures.samir)).map(({ name }) => name).toSorted()).toContain('Nadia Benali');
		const left = await countHangs(context.db, structures.nadia);
		const [done] = await listMerges(context, structures.samir);
		expect(done!.moved).toBeGreaterThan(20);
		const stayed = new Map(done!.stayed.map(({ table, n }) => [table, n]));
		// What stays is what the merge says that it left.
		for (const { table, n } of left) expect(stayed.get(table), table).toBe(n);
		expect([...stayed.keys()]).toEqual(expect.arrayContaining(['memberships', 'organisation_identifiers', 'agreement_versions']));
		const told = await context.db
			.selectFrom('mails')
			.select('toEmail')
			.where('kind', '=', 'identity')
			.where('queuedAt', '=', now)
			.execute();
		expect(told.map(({ toEmail }) => toEmail).toSorted()).toEqual(['nadia@example.org', 'samir@example.org']);

		await expect(merge(context, structures.bruno, structures.nadia)).rejects.toMatchObject({ code: 'identity.merge-already' });
		await expect(merge(context, structures.nadia, structures.bruno)).rejects.toMatchObject({ code: 'identity.merge-already' });

		await separateOrganisations(context, { mergeId: id });
		const after = await rows(context);
		for (const [table, were] of before) expect(after.get(table), table).toEqual(were);
		await expect(separateOrganisations(context, { mergeId: id })).rejects.toMatchObject({ code: 'identity.separated-already' });
		for await (const verdict of verifyChains(context.db as never)) expect(verdict.state).toBe('whole');
	});
});

/** What a copy of a row says otherwise, so that both may stand in one draw, and one alone has dropped an idea. */
const otherwise = { dropped: false, presents: null };

/** Puts two organisations in the same things: each row of each table that names one is copied for both, where the table lets it. */
async function together(context: Context, ids: string[]): Promise<Set<string>> {
	const write = allow(context, true);
	const columns = await context.db.selectFrom('organisationColumns').selectAll().orderBy('depth').execute();
	const both = new Set<string>();
	for (const { tableName: table, columnName: column } of columns) {
		const { rows: own } = await sql<{ name: string; alone: boolean }>`
			select a.attname::text as name, exists (select from pg_index i where i.indrelid = a.attrelid and i.indisunique
				and i.indnatts = 1 and i.indkey[0] = a.attnum and a.attname <> ${column!} and not exists (
					select from pg_constraint c where c.contype = 'f' and c.conrelid = a.attrelid and c.conkey = array[a.attnum])) as alone
			from pg_attribute a where a.attrelid = ${table!}::regclass and a.attnum > 0 and not a.attisdropped
			and a.attgenerated = ''`.execute(write);
		const { rows: models } = await sql<{ row: Record<string, unknown> }>`
			select to_jsonb(t) as row from ${sql.table(table!)} t where ${sql.ref(column!)} is not null limit 30`.execute(write);
		const names = sql.join(own.map(({ name }) => sql.ref(name)));
		for (const { row } of models) {
			for (const id of ids.filter((one) => one !== row[column!])) {
				const copy: Record<string, unknown> = { ...row, ...otherwise, [column!]: id };
				for (const { name, alone } of own) {
					const value = copy[name];
					if (!alone || typeof value !== 'string') continue;
					copy[name] = value.startsWith('\\x') ? `\\x${newId().replaceAll('-', '')}` : value.length === 36 ? newId() : newCode();
				}
				await sql`savepoint copying`.execute(write);
				const done = await sql`insert into ${sql.table(table!)} (${names}) select ${names}
					from jsonb_populate_record(null::${sql.table(table!)}, ${JSON.stringify(copy)}::jsonb)`
					.execute(write)
					.then(() => true)
					.catch(() => false);
				await (done ? sql`release savepoint copying` : sql`rollback to savepoint copying`).execute(write);
				if (done) both.add(table!);
			}
		}
	}
	return both;
}

test('both in the same ideas, introductions, draws, mailings: what one alone may hold stays apart, and all comes back', async () => {
	await as(agathe, async (context) => {
		const pair = [structures.samir, structures.nadia];
		const both = await together(context, pair);
		for (const table of [
			'memberships',
			'idea_voices',
			'introduced',
			'draw_places',
			'mailing_recipients',
			'organisation_identifiers'
		])
			expect([...both]).toContain(table);
		// Partners of one living cooperation could not be made one, nor a house that is open.
		await allow(context, true).updateTable('partners').set({ leftAt: now }).where('organisationId', 'in', pair).execute();
		await allow(context, true)
			.updateTable('hubs')
			.set({ closedAt: now })
			.where('organisationId', '=', structures.nadia)
			.execute();
		const before = await rows(context);
		const { id } = await merge(context, structures.samir, structures.nadia);
		const [done] = await listMerges(context, structures.samir);
		expect(done!.stayed.map(({ table }) => table)).toEqual(
			expect.arrayContaining(['memberships', 'idea_voices', 'introduced', 'draw_places', 'mailing_recipients'])
		);
		await separateOrganisations(context, { mergeId: id });
		const after = await rows(context);
		for (const [table, were] of before) expect(after.get(table), table).toEqual(were);
	});
});

test('one merged into one that is merged follows it, and comes back in order', async () => {
	await as(agathe, async (context) => {
		const first = await merge(context, structures.samir, structures.bruno);
		const second = await merge(context, structures.nadia, structures.samir);
		const address = bruno.belongings[0]!.path.replace('/structures/', '');
		expect((await findOrganisation(context, address)).id).toBe(structures.nadia);
		await expect(separateOrganisations(context, { mergeId: first.id })).rejects.toMatchObject({
			code: 'identity.separate-later-first'
		});
		await separateOrganisations(context, { mergeId: second.id });
		expect((await findOrganisation(context, address)).id).toBe(structures.samir);
		await separateOrganisations(context, { mergeId: first.id });
		expect((await findOrganisation(context, address)).id).toBe(structures.bruno);
	});
});

test('partners of one cooperation, houses, the same twice, and teams that did not agree are refused in words', async () => {
	const refused = (kept: string, absorbed: string, code: string, agreed = true) =>
		expect(as(agathe, (context) => merge(context, kept, absorbed, agreed))).rejects.toMatchObject({ code });
	await refused(structures.nadia, structures.odile, 'identity.merge-both-partners');
	await refused(structures.nadia, structures.claire, 'identity.merge-hub');
	await refused(structures.nadia, structures.nadia, 'identity.merge-itself');
	await refused(structures.samir, structures.bruno, 'identity.merge-not-agreed', false);
	await expect(as(agathe, (context) => merge(context, structures.samir, newId()))).rejects.toBeInstanceOf(NotFound);
});

test('a stranger, a manager, a house that did not accompany both can do nothing', async () => {
	for (const actor of [nadia, samir, claire, yann])
		await expect(as(actor, (context) => merge(context, structures.samir, structures.bruno))).rejects.toBeInstanceOf(Forbidden);
	await as(claire, async (context) => {
		const write = allow(context, true);
		const living = (organisationId: string) => ({
			id: newId(),
			hubId: structures.claire,
			organisationId,
			posture: 'accompanies',
			proposedAt: now,
			proposedByHub: true,
			acceptedAt: now
		});
		await write.insertInto('accompaniments').values(living(structures.samir)).execute();
		expect(await mayMergeThese(context, [structures.samir, structures.bruno])).toBe(false);
		await write.insertInto('accompaniments').values(living(structures.bruno)).execute();
		const { id } = await merge(context, structures.samir, structures.bruno);
		await expect(separateOrganisations({ ...context, actor: nadia }, { mergeId: id })).rejects.toBeInstanceOf(Forbidden);
		await separateOrganisations(context, { mergeId: id });
	});
});

test('two merges at once: one is done, the other is told why not', async () => {
	const [one, other] = await Promise.all(
		['Les Amis du Canal', 'Amis du canal'].map(async (name) => {
			const actor = await actorFor(db, bruno.id);
			return inTransaction(db, { actor, now, mode: 'write' }, (context) =>
				registerOrganisation(context, {
					name,
					kind: 'association',
					commune: null,
					purpose: null,
					identifier: null,
					another: true
				})
			);
		})
	);
	const outcomes = await Promise.allSettled(
		[
			[one!.id, other!.id],
			[other!.id, one!.id]
		].map(([kept, absorbed]) =>
			inTransaction(db, { actor: agathe, now, mode: 'write' }, (context) => merge(context, kept!, absorbed!))
		)
	);
	expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
	expect((outcomes.find(({ status }) => status === 'rejected') as PromiseRejectedResult).reason).toMatchObject({
		code: 'identity.merge-already'
	});
});

test('where a row stays behind, pages call it by the kept name, and lead to it', async () => {
	await as(nadia, async (context) => {
		await endCooperation(context, world.cooperation.id, { reason: 'L’action a eu lieu.', actingFor: null });
		const admin = { ...context, actor: agathe };
		const { id } = await merge(admin, structures.odile, structures.nadia);
		const named = async () =>
			(await findCooperationById({ ...context, actor: world.actors.odile }, world.cooperation.id)).accepted.map(
				({ name, organisationPath }) => `${name} ${organisationPath}`
			);
		const kept = await summariesOf(context.db, [structures.nadia, structures.odile]);
		expect(kept.get(structures.nadia)).toMatchObject({ name: 'Compagnie des Tréteaux', path: kept.get(structures.odile)!.path });
		expect(kept.get(structures.nadia)!.id).toBe(structures.nadia);
		expect((await named()).join()).not.toContain('Soleil');
		await separateOrganisations(admin, { mergeId: id });
		expect((await named()).join()).toContain('L’Atelier du Soleil');
	});
});

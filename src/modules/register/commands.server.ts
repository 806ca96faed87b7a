import fs from 'node:fs/promises';
import path from 'node:path';
import { personOf } from '#platform/actor.ts';
import { allow, type Context, type Reader } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { settings } from '#platform/running.server.ts';
import { findCommune } from '#modules/territories/queries.server.ts';
import { wholes } from '#modules/territories/queries/places.server.ts';
import { tablesOf } from './commands/bce.server.ts';
import { sampleOf, tablesAmong } from './commands/cutting.server.ts';
import { digestOf, textsOf, wholeOf } from './commands/opening.server.ts';
import { mayBringRegister } from './policy.ts';
import { isGazette } from './gazette/rules.ts';
import { isGrants } from './grants/rules.ts';
import { tableOf } from './rules/bce.ts';
import { readCodes, type BroughtList } from './rules/codes.ts';
import { fileOf, isPast, type Published } from './rules/published.ts';

/** The departments and communes that are asked for, in the codes of today, or postcodes of Belgium; a code that nobody knows is refused. */
function scopeOf({ departments, communes }: { departments: string; communes: string }) {
	const codes = (text: string) => text.toUpperCase().match(/[0-9AB]+/g) ?? [];
	// What lies overseas and is no department has communes of its own in the registers too.
	const unknown = codes(departments).find((code) => !wholes().departments.has(code) && !/^9[78]\d$/.test(code));
	if (unknown) throw new Refused('register.department-unknown', { code: unknown }, 'departments');
	const found = codes(communes).map((code) => {
		// Four figures: a postcode of Belgium, where the register knows no other code.
		if (/^[1-9]\d{3}$/.test(code)) return code;
		const commune = findCommune(code);
		if (!commune) throw new Refused('register.commune-unknown', { code }, 'communes');
		return commune.code;
	});
	return { departments: [...new Set(codes(departments))], communes: [...new Set(found)] };
}

/** Which published file this is, by the headers of its texts, or by what stands under them: the first that is one says which. */
async function recognise(file: string): Promise<Published | 'grants' | 'gazette'> {
	const { texts, close } = await textsOf(file);
	try {
		const { tables } = await tablesAmong(texts);
		for (const { text, head } of tables) {
			const { headers } = head;
			if (isPast(headers)) throw new Refused('register.sirene-past', { name: text.name });
			const found = tableOf(headers) ? 'bce' : (fileOf(headers) ?? (isGrants(headers) ? 'grants' : null));
			if (found === 'bce') await tablesOf(texts);
			if (found) return found;
			if (isGazette(headers, await sampleOf(text, head))) return 'gazette';
		}
		const { headers } = tables[0]!.head;
		throw new Refused('register.other-columns', {
			name: path.basename(file),
			columns: headers.slice(0, 6).join(', ').slice(0, 200)
		});
	} finally {
		close();
	}
}

/** Brings a file of a register: it is recognised and noted, and read by whoever goes on with it. Gives its number. */
export async function bringRegister(
	context: Context,
	{
		file: brought,
		departments = '',
		communes = '',
		own = false
	}: { file: string; departments?: string; communes?: string; own?: boolean }
): Promise<number> {
	const write = allow(context, mayBringRegister(context.actor));
	const file = await wholeOf(brought);
	const { size, digest } = await digestOf(file);
	const source = await recognise(file);
	const { id } = await write
		.insertInto('officialImports')
		.values({
			source,
			fileName: path.basename(file),
			filePath: file,
			fileSize: size,
			fileDigest: digest,
			ownFile: own,
			...scopeOf({ departments, communes }),
			broughtBy: context.actor.is === 'person' ? personOf(context.actor) : null,
			broughtAt: context.now
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

/** Brings a file that somebody laid in the folder `imports` of the data. */
export async function bringFromFolder(
	context: Context,
	{ file, departments, communes }: { file: string; departments: string; communes: string }
): Promise<number> {
	allow(context, mayBringRegister(context.actor));
	if (!file || file !== path.basename(file) || file.startsWith('.')) throw new Refused('register.file-unchosen', {}, 'file');
	try {
		return await bringRegister(context, { file: path.join(settings().dataFolder, 'imports', file), departments, communes });
	} catch (problem) {
		if (problem instanceof Refused && !problem.field) throw new Refused(problem.code, problem.details, 'file');
		throw problem;
	}
}

/** Where files that came by a form lie, until they were read. */
export const receivedFolder = (): string => path.join(settings().dataFolder, 'imports', 'recus');

/** The largest file that comes by a form: twice the largest that a register publishes today. */
export const largestRegister = 8_000_000_000;

/** Brings a file that came by a form: it lies in our folder, under the name that it had. */
export async function bringReceived(
	context: Context,
	{ fields, file }: { fields: Record<string, string>; file: { path: string; name: string } | null }
): Promise<number> {
	allow(context, mayBringRegister(context.actor));
	if (!file) throw new Refused('register.no-file');
	const name = path
		.basename(file.name)
		.normalize('NFC')
		.replace(/[^\p{L}\p{N}._ -]+/gu, '-')
		.replace(/^\.+/, '')
		// a disk takes names of 255 bytes, and a letter has up to four
		.slice(-60)
		.toWellFormed();
	const place = path.join(receivedFolder(), newId(), name || 'fichier');
	await fs.mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
	await fs.rename(file.path, place);
	try {
		const { departments = '', communes = '' } = fields;
		return await bringRegister(context, { file: place, departments, communes, own: true });
	} catch (problem) {
		await fs.rm(path.dirname(place), { recursive: true, force: true });
		throw problem;
	}
}

/** Takes away the files that came by a form and that nobody reads any more: read to their end, refused, or of no reading at all. */
export async function sweepReceived(db: Reader, now: Date): Promise<void> {
	const names = await fs.readdir(receivedFolder()).catch(() => []);
	if (!names.length) return;
	const known = await db
		.selectFrom('officialImports')
		.select(['filePath', (eb) => eb.and([eb('finishedAt', 'is', null), eb('refusedCode', 'is', null)]).as('wanted')])
		.where('ownFile', '=', true)
		.execute();
	const folders = (rows: readonly { filePath: string }[]) =>
		new Set(rows.map(({ filePath }) => path.basename(path.dirname(filePath))));
	const read = folders(known);
	const waiting = folders(known.filter(({ wanted }) => wanted));
	for (const name of names) {
		if (waiting.has(name)) continue;
		const place = path.join(receivedFolder(), name);
		const { mtimeMs } = await fs.stat(place);
		// One that no reading names may be on its way.
		if (read.has(name) || now.getTime() - mtimeMs > 86_400_000) await fs.rm(place, { recursive: true, force: true });
	}
}

/** Stops a reading after the step that is under way: what was read stays, and it goes on when somebody asks. */
export async function stopReading(context: Context, { reading }: { reading: number }): Promise<void> {
	const write = allow(context, mayBringRegister(context.actor));
	const { numUpdatedRows } = await write
		.updateTable('officialImports')
		.set({ stoppedAt: context.now, stoppedBy: context.actor.is === 'person' ? personOf(context.actor) : null })
		.where('id', '=', reading)
		.where('finishedAt', 'is', null)
		.where('refusedCode', 'is', null)
		.where('stoppedAt', 'is', null)
		.executeTakeFirst();
	if (!numUpdatedRows) throw new Refused('register.reading-over');
}

/** Goes on with a reading that was stopped or cut, from this screen or at a terminal, when its file is still there. */
export async function goOnReading(context: Context, { reading }: { reading: number }): Promise<void> {
	const write = allow(context, mayBringRegister(context.actor));
	const one = await context.db
		.selectFrom('officialImports')
		.select(['filePath', 'fileDigest'])
		.where('id', '=', reading)
		.where('finishedAt', 'is', null)
		.where('refusedCode', 'is', null)
		.executeTakeFirst();
	if (!one) throw new Refused('register.reading-over');
	const { digest } = await digestOf(one.filePath);
	if (digest !== one.fileDigest) throw new Refused('register.file-changed');
	await write
		.updateTable('officialImports')
		.set((eb) => ({
			stoppedAt: null,
			stoppedBy: null,
			broughtBy: eb.fn.coalesce('broughtBy', eb.val(context.actor.is === 'person' ? personOf(context.actor) : null))
		}))
		.where('id', '=', reading)
		.execute();
}

/** Keeps what codes mean, from a table whose first column is the code and whose second its words; what is not one is counted. */
export async function bringCodes(
	context: Context,
	{ list, file }: { list: BroughtList; file: File }
): Promise<{ rows: number; refused: number }> {
	const write = allow(context, mayBringRegister(context.actor));
	const { codes, refused } = readCodes(list, Buffer.from(await file.arrayBuffer()).toString('latin1'));
	if (!codes.length) throw new Refused('register.codes-none', {}, 'file');
	const source = file.name.slice(0, 120);
	for (let at = 0; at < codes.length; at += 1000)
		await write
			.insertInto('officialCodes')
			.values(codes.slice(at, at + 1000).map(({ code, label }) => ({ list, code, label, source, readAt: context.now })))
			.onConflict((conflict) =>
				conflict.columns(['list', 'code']).doUpdateSet((eb) => ({
					label: eb.ref('excluded.label'),
					source: eb.ref('excluded.source'),
					readAt: eb.ref('excluded.readAt')
				}))
			)
			.execute();
	return { rows: codes.length, refused };
}

/** The same file with the same scope that was cut on its way: it goes on rather than begin again. */
export async function cutBefore(
	{ db }: Context,
	{ file: brought, departments = '', communes = '' }: { file: string; departments?: string; communes?: string }
): Promise<number | null> {
	const file = await wholeOf(brought);
	const { digest } = await digestOf(file);
	const scope = scopeOf({ departments, communes });
	const rows = await db
		.selectFrom('officialImports')
		.select(['id', 'departments', 'communes'])
		.where('fileDigest', '=', digest)
		.where('filePath', '=', file)
		.where('finishedAt', 'is', null)
		.where('refusedCode', 'is', null)
		.orderBy('id', 'desc')
		.limit(20)
		.execute();
	const same = (a: string[], b: string[]) => a.toSorted().join() === b.toSorted().join();
	return rows.find((row) => same(row.departments, scope.departments) && same(row.communes, scope.communes))?.id ?? null;
}

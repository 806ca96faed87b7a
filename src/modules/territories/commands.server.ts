import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { hubsOf } from '#platform/actor.ts';
import { allow, type Context, type Reader, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newCode, newId } from '#platform/ids.ts';
import { mayDraw, mayEnd, mayImport } from './policy.ts';
import { communeFor, findCommune, searchCommunes } from './queries.server.ts';
import { findArea, findAreas, searchAreas } from './queries/areas.server.ts';
import { placeKey } from './rules.ts';
import { readKey, type Area } from './rules/areas.ts';
import { columnsOf, departmentOfQuarter, readLine, type FileKind, type Read } from './rules/files.ts';

export const mostBytes = 12_000_000;
const mostRows = 120_000;
const mostCommunes = 5000;

/** What a line of a drawn territory means: its key when it says one, else the likeliest place; a former commune is a part of today's. */
async function placeOfLine(db: Reader, words: string): Promise<{ area: Area | null; part: string | null }> {
	const key = /\[([a-z]+-[a-z0-9]{1,20})\]$/.exec(words)?.[1];
	const [first] = key ? [{ key }] : await searchAreas(db, words, 1);
	const area = first ? await findArea(db, first.key) : null;
	const [commune] = area?.kind === 'commune' && !key ? searchCommunes(words, 1) : [];
	return { area, part: commune && area!.codes.includes(commune.code) ? commune.formerName : null };
}

/**
 * Draws a territory by its communes, one a line or between commas: a name, a code, an intercommunal body, a department. « Paris 20e :
 * Belleville » takes a part of a commune, as does a priority quarter or a former commune; several parts add up, and a commune taken
 * whole is whole. A commune abroad is known by its name and postcodes. Sent twice, it is drawn once.
 */
export async function drawArea(
	context: Context,
	input: { id: string; name: string; communes: string }
): Promise<{ key: string }> {
	const write = allow(context, mayDraw(context.actor));
	const members = new Map<string, Set<string> | null>();
	const unknown: string[] = [];
	const postcodes = new Set<string>();
	const take = (code: string, part: string | null) => {
		if (members.get(code) === null) return;
		members.set(code, part === null ? null : (members.get(code) ?? new Set<string>()).add(part.slice(0, 200)));
	};
	for (const line of input.communes
		.split(/[\n,;]+/)
		.map((one) => one.trim())
		.filter(Boolean)
		.slice(0, 2000)) {
		const [place, said] = line.split(/\s*[:：]\s*/, 2) as [string, string?];
		const { area, part } = await placeOfLine(context.db, place);
		if (!area) unknown.push(line);
		else {
			for (const postcode of area.abroad?.postcodes ?? []) postcodes.add(postcode);
			for (const code of area.codes.filter((one) => (findCommune(one)?.code ?? one) === one))
				take(code, said || part || (area.parts.find((one) => findCommune(one.code)?.code === code)?.part ?? null));
		}
	}
	if (unknown.length)
		throw new Refused('territories.communes-unknown', { names: unknown.slice(0, 5).join(', '), n: unknown.length }, 'communes');
	if (!members.size || members.size > mostCommunes) throw new Refused('territories.too-many', { max: mostCommunes }, 'communes');
	const code = newCode();
	const { numInsertedOrUpdatedRows } = await write
		.insertInto('areas')
		.values({
			id: input.id,
			kind: 'custom',
			code,
			name: input.name,
			nameKey: placeKey(input.name),
			postcodes: [...postcodes],
			source: 'custom',
			changedAt: context.now,
			drawnFor: hubsOf(context.actor)[0] ?? null
		})
		.onConflict((conflict) => conflict.column('id').doNothing())
		.executeTakeFirstOrThrow();
	if (!numInsertedOrUpdatedRows) return { key: '' };
	await writeMembers(
		write,
		[...members].map(([communeCode, parts]) => ({
			areaId: input.id,
			communeCode,
			part: parts && [...parts].join(', ').slice(0, 400)
		}))
	);
	return { key: `terr-${code}` };
}

async function writeMembers(write: Writer, rows: { areaId: string; communeCode: string; part: string | null }[]): Promise<void> {
	for (let from = 0; from < rows.length; from += 5000)
		await write
			.insertInto('areaCommunes')
			.values(rows.slice(from, from + 5000))
			.onConflict((conflict) => conflict.doNothing())
			.execute();
}

/**
 * Makes the territory of a house what some territories hold together, under one address. The caller has been allowed. What is no
 * longer a territory is left out.
 */
export async function writeHouseArea(
	write: Writer,
	now: Date,
	house: { hubId: string; areaId: string; code: string; name: string },
	keys: string[]
): Promise<void> {
	const members = new Map<string, string | null>();
	const postcodes = new Set<string>();
	const areas = await findAreas(write, keys);
	for (const area of keys.flatMap((key) => areas.get(key) ?? [])) {
		const parts = new Map(area.parts.map(({ code, part }) => [findCommune(code)?.code ?? code, part]));
		for (const code of area.codes) {
			const part = parts.get(findCommune(code)?.code ?? code) ?? null;
			const known = members.get(code);
			members.set(code, part && known !== null ? [known, part].filter(Boolean).join(', ') : null);
		}
		for (const postcode of area.abroad?.postcodes ?? []) postcodes.add(postcode);
	}
	const said = { name: house.name, nameKey: placeKey(house.name), postcodes: [...postcodes], changedAt: now, endedAt: null };
	await write
		.insertInto('areas')
		.values({ id: house.areaId, kind: 'house', code: house.code, source: 'house', drawnFor: house.hubId, ...said })
		.onConflict((conflict) => conflict.column('id').doUpdateSet(said))
		.execute();
	await write.deleteFrom('areaCommunes').where('areaId', '=', house.areaId).execute();
	await writeMembers(
		write,
		[...members].map(([communeCode, part]) => ({ areaId: house.areaId, communeCode, part }))
	);
}

/** The territory of a house that closed is no longer one. */
export const endHouseArea = (write: Writer, now: Date, areaId: string) =>
	write.updateTable('areas').set({ endedAt: now }).where('id', '=', areaId).execute();

/** A drawn territory is no longer proposed; addresses that name it find nothing. */
export async function endArea(context: Context, { key }: { key: string }): Promise<void> {
	const read = readKey(key);
	const area = await context.db
		.selectFrom('areas')
		.select(['id', 'drawnFor'])
		.where('kind', '=', 'custom')
		.where('code', '=', read?.code ?? '')
		.where('endedAt', 'is', null)
		.executeTakeFirst();
	if (!area) throw new NotFound();
	const write = allow(context, mayEnd(context.actor, area.drawnFor));
	await write.updateTable('areas').set({ endedAt: context.now }).where('id', '=', area.id).execute();
}

/** The text of a file, whatever wrote it. */
function textOf(bytes: Uint8Array): string {
	const buffer = Buffer.from(bytes);
	if (buffer[0] === 0xff && buffer[1] === 0xfe) return iconv.decode(buffer, 'utf16le');
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(buffer);
	} catch {
		return iconv.decode(buffer, 'windows-1252');
	}
}

/** The communes that a line is about. */
function communesOf(kind: FileKind, { commune, communeName, code }: Read): string[] {
	const codes = commune.split(/[^0-9AB]+/).flatMap((one) => findCommune(one)?.code ?? []);
	if (codes.length || kind !== 'priority_quarter') return codes;
	const department = departmentOfQuarter(code);
	return communeName.split(/\s*[,;]\s*/).flatMap((name) => {
		const match = communeFor(name, '');
		if (match.found === 'one') return [match.commune.code];
		const there = match.found === 'several' ? match.communes.find((one) => one.department === department) : undefined;
		return there ? [there.code] : [];
	});
}

/**
 * Brings an official file: CSV, with any separator, columns in any order. A newer file of the same kind takes the place of the older
 * one, whole or not at all. Says how many lines were taken, which were not, and how many places of the older one are `gone`.
 */
export async function importTerritories(
	context: Context,
	{ kind, file }: { kind: FileKind; file: File }
): Promise<{ rows: number; refused: number; lines: number[]; gone: number }> {
	const write = allow(context, mayImport(context.actor));
	if (file.size > mostBytes) throw new Refused('territories.file-too-large', { mb: mostBytes / 1_000_000 }, 'file');
	const text = textOf(await file.bytes()).replace(/^\ufeff/, '');
	const head = text.slice(0, text.search(/[\r\n]|$/));
	const delimiter = [';', '\t', ',', '|'].toSorted((a, b) => head.split(b).length - head.split(a).length)[0]!;
	let table: string[][];
	try {
		table = parse(text, { delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, to: mostRows + 2 });
	} catch {
		throw new Refused('territories.file-unreadable', {}, 'file');
	}
	const columns = columnsOf(kind, table[0] ?? []);
	if (!columns) throw new Refused('territories.columns-missing', {}, 'file');
	if (table.length > mostRows + 1) throw new Refused('territories.file-too-long', { max: mostRows }, 'file');
	const refused: number[] = [];
	const areas = new Map<string, { read: Read; communes: Set<string> }>();
	const centres = new Map<string, Read>();
	for (const [i, cells] of table.entries()) {
		if (i === 0) continue;
		const read = readLine(kind, columns, cells);
		const communes = read ? communesOf(kind, read) : [];
		if (!read || (!communes.length && kind !== 'foreign_commune')) {
			refused.push(i + 1);
			continue;
		}
		if (kind === 'centres') centres.set(communes[0]!, read);
		else {
			const area = areas.get(read.code) ?? { read, communes: new Set() };
			for (const commune of communes) area.communes.add(commune);
			area.read.postcodes = [...new Set([...area.read.postcodes, ...read.postcodes])];
			area.read.otherNames = [...new Set([...area.read.otherNames, read.name, ...read.otherNames])].filter(
				(one) => one !== area.read.name
			);
			areas.set(read.code, area);
		}
	}
	if (!centres.size && !areas.size) throw new Refused('territories.nothing-read', {}, 'file');
	let before: { code: string }[];
	if (kind === 'centres') {
		before = await write.deleteFrom('communeCentres').returning('communeCode as code').execute();
		const rows = [...centres].map(([communeCode, { lat, lon }]) => ({ communeCode, latitude: lat!, longitude: lon! }));
		for (let from = 0; from < rows.length; from += 5000)
			await write
				.insertInto('communeCentres')
				.values(rows.slice(from, from + 5000))
				.execute();
	} else {
		before = await write.deleteFrom('areas').where('kind', '=', kind).returning('code').execute();
		const rows = [...areas].map(([code, { read, communes }]) => ({ id: newId(), code, read, communes }));
		for (let from = 0; from < rows.length; from += 2000)
			await write
				.insertInto('areas')
				.values(
					rows.slice(from, from + 2000).map(({ id, code, read }) => ({
						id,
						kind,
						code,
						name: read.name,
						nameKey: placeKey(read.name),
						otherNames: kind === 'foreign_commune' ? read.otherNames : [],
						postcodes: read.postcodes,
						latitude: read.lat,
						longitude: read.lon,
						source: file.name.slice(0, 200),
						changedAt: context.now
					}))
				)
				.execute();
		await writeMembers(
			write,
			rows.flatMap(({ id, code, communes }) =>
				[...communes].map((communeCode) => ({
					areaId: id,
					communeCode,
					// a quarter is never the whole of its commune
					part: kind === 'priority_quarter' ? areas.get(code)!.read.name : null
				}))
			)
		);
	}
	const taken = table.length - 1 - refused.length;
	const gone = before.filter(({ code }) => !centres.has(code) && !areas.has(code)).length;
	await write
		.insertInto('territoryImports')
		.values({ id: newId(), kind, source: file.name.slice(0, 200), rows: taken, refused: refused.length, importedAt: context.now })
		.execute();
	return { rows: taken, refused: refused.length, lines: refused.slice(0, 10), gone };
}

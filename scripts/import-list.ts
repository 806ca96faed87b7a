import fs from 'node:fs/promises';
import path from 'node:path';
import type { Kysely } from 'kysely';
import { m } from '#words';
import { inTransaction, type Context } from '#platform/context.server.ts';
import type { DB } from '#platform/database/tables.ts';
import { Refused } from '#platform/errors.ts';
import { word } from '#platform/say.ts';
import { hubNamed } from '#modules/hubs/queries.server.ts';
import { enterWhole, type Progress } from '#modules/organisations/imports/commands/entering.server.ts';
import { open, type Opened } from '#modules/organisations/imports/commands/opening.server.ts';
import { fieldNames, headerWords, type Field } from '#modules/organisations/imports/rules/columns.ts';
import { knownBy } from '#modules/organisations/imports/queries.server.ts';
import { readList, type Mapping } from '#modules/organisations/imports/rules/list.ts';
import { propose, refuseGuessed, type Column } from '#modules/organisations/imports/rules/proposal.ts';
import { otherLines } from '#modules/organisations/imports/rules/parts.ts';
import { remarkText } from '#modules/organisations/imports/rules/remarks.ts';
import type { Rejected, Row } from '#modules/organisations/imports/rules/row.ts';
import { preview as firstLines, refuseNameless } from '#modules/organisations/imports/rules/sketch.ts';
import { inFrench, sayStep } from './terminal.ts';

/** Whether a refusal says that a file is none of the official registers, and may be any list. */
export const isNoRegister = ({ code }: Refused): boolean =>
	code === 'register.other-columns' || code === 'register.zip-without-text' || code === 'register.no-text';

const actor = { is: 'system', name: 'import' } as const;

/** Reads any list of structures into a house, by what its columns say; a preview writes nothing. */
export async function importList({
	db,
	name,
	file,
	house,
	preview,
	said
}: {
	db: Kysely<DB>;
	name: string;
	file: string;
	house: string | null;
	preview: boolean;
	said: readonly string[];
}): Promise<void> {
	const asSystem = <T>(work: (context: Context) => Promise<T>, mode: 'read' | 'write' = 'write') =>
		inTransaction(db, { actor, now: new Date(), mode }, work);
	const bytes = await fs.readFile(file).catch(() => {
		throw new Refused('register.file-missing', { file: path.basename(file) });
	});
	const opened = await open(new Uint8Array(bytes), path.basename(file));
	const { hub, columns, mapping } = await asSystem(async (context) => {
		const found = house === null ? { id: null } : await hubNamed(context.db, house);
		if ('names' in found)
			throw new Refused('hubs.terminal-house-unknown', { house: house!, names: found.names.join(', ') || '–' });
		const { titled, remembered } = await knownBy(context.db, found.id, opened.sketch, byTitle(said) || undefined);
		const proposed = propose(opened.sketch, remembered?.columns ?? null, titled);
		return { hub: found.id, ...corrected(proposed, said) };
	}, 'read');
	sayColumns(name, opened, columns);
	refuseNameless(
		columns.map(({ header }) => header),
		mapping.fields
	);
	if (preview) return sayPreview(opened, path.basename(file), mapping);
	refuseGuessed(columns);
	for await (const progress of enterWhole(asSystem, opened, {
		title: path.basename(file),
		name: path.basename(file),
		house: hub,
		...(said.length && { mapping })
	}))
		sayProgress(progress);
}

/** « Intitulé du club=Nom », « 2=Nom ». */
function parted(said: string): { column: string; field: string } {
	const at = said.lastIndexOf('=');
	return { column: said.slice(0, Math.max(0, at)).trim(), field: said.slice(at + 1).trim() };
}

/** A column is named by its title: then the first line is a header, whatever it looks like. */
const byTitle = (said: readonly string[]): boolean => said.some((one) => !/^\d*$/.test(parted(one).column));

/** What is proposed for the columns, with what the command says of some of them. */
function corrected<P extends { columns: Column[]; mapping: Mapping }>(proposed: P, said: readonly string[]): P {
	const { mapping } = proposed;
	const columns = [...proposed.columns];
	const fields = [...mapping.fields];
	const words = (field: Field | null) => (field ? m.organisations_import_field({ field }) : m.hubs_columns_aside());
	for (const { column, field } of said.map(parted)) {
		const titled = columns.findIndex(({ header }) => header !== '' && headerWords(header) === headerWords(column));
		const place = titled < 0 && /^\d{1,3}$/.test(column) ? Number(column) - 1 : titled;
		if (!columns[place])
			throw new Refused('hubs.terminal-column-unknown', {
				column,
				columns: columns.map(({ header }, n) => header || `${n + 1}`).join(', ')
			});
		const means = [null, ...fieldNames].find((one) => headerWords(words(one)) === headerWords(field));
		if (means === undefined)
			throw new Refused('hubs.terminal-field-unknown', { field, fields: [...fieldNames, null].map(words).join(', ') });
		fields[place] = means;
		columns[place] = { ...columns[place], field: means, by: null };
	}
	return { ...proposed, columns, mapping: { ...mapping, fields } };
}

function sayColumns(name: string, { sketch }: Opened, columns: Column[]): void {
	console.log(m.hubs_terminal_recognised({ file: name, encoding: sketch.encoding, separator: sketch.separator ?? '' }));
	for (const [place, { header, field, by, samples }] of columns.entries()) {
		const column = header || m.hubs_list_column_nameless({ n: place + 1 });
		const said = field ? m.organisations_import_field({ field }) : m.hubs_columns_aside();
		console.log(`  ${column} → ${said}${by ? ` (${word(`hubs_terminal_by_${by}`)})` : ''}  ${samples.join(' · ')}`);
	}
}

function sayLine(row: Row | Rejected): void {
	if ('code' in row) {
		console.log(`  ${m.hubs_list_line({ n: row.line })} ${m.hubs_columns_comes_back({ reason: word(row.code, row.details) })}`);
		return;
	}
	const { identifiers, postcode, commune, street, website, email, phone } = row;
	const facts = [
		row.name,
		street,
		`${postcode} ${commune}`.trim(),
		...identifiers.map(({ value }) => value),
		website,
		email,
		phone
	];
	console.log(`  ${facts.filter(Boolean).join(' · ')}`);
	for (const remark of row.told) console.log(`    ${remarkText(remark)}`);
}

function sayPreview({ sketch, bytes }: Opened, name: string, mapping: Mapping): void {
	console.log(`\n${m.hubs_columns_preview_title()}`);
	for (const row of firstLines(sketch, mapping)) sayLine(row);
	const { rows, rejected, empty, lines, told } = readList(bytes, name, mapping);
	const above = lines - rows.length - rejected.length - empty;
	console.log(`\n${m.hubs_list_sums({ lines, kept: rows.length, rejected: rejected.length, empty, above })}`);
	for (const { code, details } of told) console.log(word(code, details));
	for (const [code, some] of Map.groupBy(rejected, (one) => one.code))
		console.log(`${inFrench(some.length).padStart(8)}  ${word(code, some[0]!.details)}`);
	console.log(m.hubs_terminal_nothing_written());
}

function sayProgress(progress: Progress): void {
	if (progress.is === 'waits') console.log(m.hubs_list_waits());
	else if (progress.is === 'reads') sayStep(m.hubs_list_reading_progress({ done: progress.done, total: progress.total }));
	else if (progress.is === 'enters') {
		const { done, total, rate, left } = progress;
		sayStep(m.hubs_terminal_progress({ done: inFrench(done), total: inFrench(total), rate: inFrench(rate), left }));
	} else {
		const { list } = progress;
		if (process.stdout.isTTY) process.stdout.write('\n');
		const others = list.understood && otherLines(list.understood);
		for (const [n, text] of [
			[list.became.added, m.hubs_list_added],
			[list.became.known, m.hubs_list_known],
			[list.became.themes, m.hubs_list_themes],
			[list.became.undecided, m.hubs_list_undecided],
			[list.understood?.rejected ?? 0, m.hubs_list_rejected],
			[others?.again ?? 0, m.hubs_list_again],
			[others?.above ?? 0, m.hubs_list_above],
			[others?.empty ?? 0, m.hubs_list_empty_lines],
			[list.understood?.lines ?? 0, m.hubs_list_lines]
		] as const)
			console.log(`${inFrench(n).padStart(8)}  ${text({ n })}`);
		for (const { code, details } of list.understood?.told ?? []) console.log(word(code, details));
		console.log(m.hubs_terminal_page({ page: `/maison/listes/${list.id}` }));
	}
}

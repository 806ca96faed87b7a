import { apart } from '#platform/apart.server.ts';
import { Refused } from '#platform/errors.ts';
import { refuseOtherFiles } from '../rules/encoding.ts';
import { mostBytes } from '../rules/list.ts';
import { sketchOf, type Sketch } from '../rules/sketch.ts';
import { isJson } from '../rules/table.ts';
import { readWorkbook } from './workbook.server.ts';

/** A file as it is kept: its bytes, and its beginning. */
export type Opened = { bytes: Uint8Array; sketch: Sketch };

/** Bytes: what is read while somebody waits. Beyond, a job reads it, and the page says how far it is. */
export const readAtOnce = 64_000;

/** Opens what was brought: its columns are known, its lines are not read yet. Refused when it is no list. */
export async function open(bytes: Uint8Array, name: string): Promise<Opened> {
	if (bytes.length > mostBytes) throw new Refused('organisations.import-too-heavy', { most: mostBytes / 1_000_000 });
	const workbook = bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
	if (!workbook) refuseOtherFiles(bytes);
	// A workbook is unfolded, and the list that a JSON holds is known when it is read whole: work for another process.
	const heavy = bytes.length > readAtOnce && isJson(new TextDecoder().decode(bytes.subarray(0, 4000)), name);
	if (!heavy && !workbook) return { bytes, sketch: sketchOf(bytes, name) };
	const given = { bytes, name };
	for await (const opened of apart<Opened>('src/modules/organisations/imports/commands/opening.server.ts', 'opened', given))
		return opened;
	throw new Refused('organisations.import-empty');
}

/** What `open` has done apart. A workbook is kept as the CSV of its sheet. */
export async function* opened({ bytes, name }: { bytes: Uint8Array; name: string }): AsyncGenerator<Opened> {
	if (bytes[0] !== 0x50) {
		yield { bytes, sketch: sketchOf(bytes, name) };
		return;
	}
	const sheet = await readWorkbook(bytes);
	const sketch = sketchOf(sheet.csv);
	const of = { sheet: sheet.name, n: sheet.sheets };
	yield {
		bytes: sheet.csv,
		sketch: sheet.sheets > 1 ? { ...sketch, told: [{ code: 'organisations.import-sheet', details: of }, ...sketch.told] } : sketch
	};
}

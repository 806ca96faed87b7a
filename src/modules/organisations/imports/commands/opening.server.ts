import { apart } from '#platform/apart.server.ts';
import { Refused } from '#platform/errors.ts';
import { refuseOtherFiles } from '../rules/encoding.ts';
import { mostBytes } from '../rules/list.ts';
import { sketchOf, type Sketch } from '../rules/sketch.ts';
import { isJson } from '../rules/table.ts';

/** A file as it is kept: its bytes, and its beginning. */
export type Opened = { bytes: Uint8Array; sketch: Sketch };

/** Bytes: what is read while somebody waits. Beyond, a job reads it, and the page says how far it is. */
export const readAtOnce = 64_000;

/** Opens what was brought: its columns are known, its lines are not read yet. Refused when it is no list. */
export async function open(bytes: Uint8Array, name: string): Promise<Opened> {
	if (bytes.length > mostBytes) throw new Refused('organisations.import-too-heavy', { most: mostBytes / 1_000_000 });
	refuseOtherFiles(bytes);
	// The list that a JSON holds is known when it is read whole, which is work for another process.
	const heavy = bytes.length > readAtOnce && isJson(new TextDecoder().decode(bytes.subarray(0, 4000)), name);
	if (!heavy) return { bytes, sketch: sketchOf(bytes, name) };
	const given = { bytes, name };
	for await (const opened of apart<Opened>('src/modules/organisations/imports/commands/opening.server.ts', 'opened', given))
		return opened;
	throw new Refused('organisations.import-empty');
}

/** What `open` has done apart. */
export function* opened({ bytes, name }: { bytes: Uint8Array; name: string }): Generator<Opened> {
	yield { bytes, sketch: sketchOf(bytes, name) };
}

import fs from 'node:fs/promises';
import path from 'node:path';
import { harmless } from '#platform/csv.ts';
import { m } from '#words';
import { rejectedFile } from '../queries.server.ts';
import type { Import } from './account.server.ts';
import type { Rejected } from './cutting.server.ts';

const rejectedHead = () =>
	`\ufeff${m.register_rejected_line()};${m.register_rejected_why()};${m.register_rejected_raw()};${m.register_rejected_file()}\r\n`;

/** Where the rows that are not kept go. `add` gives how long the file is with them; `words` gives what may be a number in any. */
export type RejectedRows = {
	add: (rows: readonly Rejected[]) => Promise<number>;
	words: () => AsyncGenerator<string, void>;
	close: () => Promise<void>;
};

/** The file of rejected rows goes on where the last commit left it. */
export async function openRejected(dataFolder: string, one: Import): Promise<RejectedRows> {
	const file = rejectedFile(dataFolder, one.id);
	await fs.mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
	const handle = await fs.open(file, one.started_at ? 'r+' : 'w+').catch(() => fs.open(file, 'w+'));
	let size = Number(one.rejected_bytes);
	await handle.truncate(size);
	return {
		add: async (rows) => {
			if (!rows.length) return size;
			const quoted = (cell: string) => `"${harmless(cell).replaceAll('"', '""')}"`;
			const text =
				(size ? '' : rejectedHead()) +
				rows.map(({ line, why, raw, file }) => `${line};${quoted(why)};${quoted(raw)};${quoted(file)}\r\n`).join('');
			const bytes = Buffer.from(text, 'utf8');
			await handle.write(bytes, 0, bytes.length, size);
			await handle.sync();
			return (size += bytes.length);
		},
		async *words() {
			for await (const line of handle.readLines({ start: 0, autoClose: false }))
				yield* new Set(line.replaceAll('.', '').match(/[a-z\d]{6,14}/gi) ?? []);
		},
		close: () => handle.close()
	};
}

import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { writeBelgium } from './belgium.ts';
import { writeNational, type Format } from './national.ts';

/*
 * Writes registers that nobody declared, of any size, in the formats in which they are published:
 *   node bench/register-files.ts FOLDER [--rows 50000] [--seed 1] [--formats waldec,import,sirene,seats,bce] [--departement 34,30]
 */
const fileNames: Record<Format | 'bce', string> = {
	waldec: 'rna_waldec_20261101.csv',
	import: 'rna_import_20261101.csv',
	sirene: 'StockUniteLegale_utf8.csv',
	seats: 'StockEtablissement_utf8.csv',
	bce: 'KboOpenData_0140_2026_11_Full.zip'
};

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		rows: { type: 'string', default: '50000' },
		seed: { type: 'string', default: '1' },
		formats: { type: 'string', default: 'waldec' },
		departement: { type: 'string' }
	}
});
const folder = path.resolve(positionals[0] ?? '.');
const options = { rows: Number(values.rows), seed: Number(values.seed), departments: values.departement?.split(',') ?? null };
fs.mkdirSync(folder, { recursive: true });
for (const format of values.formats.split(',') as (Format | 'bce')[]) {
	const file = path.join(folder, fileNames[format]);
	if (format === 'bce') await writeBelgium(file, options);
	else await writeNational(file, format, options);
	console.log(`${file}: ${fs.statSync(file).size} bytes`);
}

import { cellIn, day, json, number, text, word } from './cells.ts';
import { readLetters } from './letters.ts';
import { place, type Towns } from './places.ts';
import type { Body, Fate } from './published.ts';

const repeats = (name: string, short: string): boolean =>
	name.startsWith(short) || name.toLowerCase().startsWith(short.replace(/\s*\.{2,}$/, '').toLowerCase());

const kindOfName = (name: string): string => (/^(?:fondation|fonds de dotation)\b/i.test(name) ? 'foundation' : 'association');

/** How the rows of a file of the national register of associations are read (arrêté du 14 octobre 2009; columns: ministry of the Interior). */
export function rnaReader(
	file: 'rna-waldec' | 'rna-import',
	headers: readonly string[],
	towns: Towns
): (cells: readonly string[]) => Fate<Body> {
	const of = cellIn(headers);
	const waldec = file === 'rna-waldec';
	const streetColumns = waldec
		? ['adrs_numvoie', 'adrs_repetition', 'adrs_typevoie', 'adrs_libvoie', 'adrs_complement', 'adrs_distrib']
		: ['adr1', 'adr2', 'adr3'];
	return (cells) => {
		const said = of(cells, 'id')?.trim().toUpperCase() ?? '';
		if (!(waldec ? /^W[0-9A-Z]{9}$/ : /^[0-9A-Z]{6,20}$/).test(said) || !/\d{3}/.test(said))
			return { is: 'rejected', reason: 'number', said: readLetters(said).slice(0, 60) };
		const name = text(of(cells, 'titre'), 400) ?? text(of(cells, 'titre_court'), 400);
		if (!name) return { is: 'rejected', reason: 'name', said };
		const unverified: Record<string, string> = {};
		const siret = number('siret', of(cells, 'siret'), unverified);
		const position = word(of(cells, 'position'))?.toUpperCase() ?? 'A';
		const ended = day(of(cells, 'date_disso'));
		const observation = of(cells, 'observation') ?? '';
		const later = position === 'R' ? /\bW[0-9A-Z]{3}\d{6}\b/.exec(observation)?.[0] : undefined;
		const where = place(towns, {
			code: of(cells, 'adrs_codeinsee'),
			name: of(cells, waldec ? 'adrs_libcommune' : 'libcom'),
			postcode: of(cells, 'adrs_codepostal')
		});
		const street = streetColumns.flatMap((column) => text(of(cells, column), 100) ?? []);
		const short = text(of(cells, 'titre_court'), 60);
		return {
			is: 'kept',
			department: where.department,
			communes: where.communes,
			record: {
				key: said,
				name,
				// Most repeat the title, cut where it was too long.
				short_name: short && !repeats(name, short) ? short : null,
				purpose: text(of(cells, 'objet'), 4000),
				object_code: objectOf(of(cells, 'objet_social1')),
				second_object_code: objectOf(of(cells, 'objet_social2')),
				legal_form: word(of(cells, 'nature'), 4),
				grouping: word(of(cells, 'groupement'), 4),
				kind: kindOfName(name),
				...where.columns,
				street: street.join(' ').slice(0, 200) || null,
				website: text(of(cells, 'siteweb'), 200),
				created_on: day(of(cells, 'date_creat')),
				declared_on: day(of(cells, 'date_decla')) ?? day(of(cells, 'date_publi')) ?? day(of(cells, 'date_creat')),
				ended_on: ended,
				active: position === 'A' && !ended ? 't' : 'f',
				siren: siret ? siret.slice(0, 9) : null,
				siret,
				rna: waldec ? null : (later ?? null),
				former_key: text(of(cells, 'id_ex'), 40),
				unverified: json(unverified)
			}
		};
	};
}

const objectOf = (cell: string | undefined): string | null => {
	const code = word(cell);
	return !code || /^0*$/.test(code) ? null : code.padStart(6, '0').slice(0, 10);
};

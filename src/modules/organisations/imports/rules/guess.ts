import { readIdentifier } from '../../rules/identifiers.ts';
import { clean, isEmail, readPhone } from './cells.ts';
import type { Field } from './columns.ts';
import type { Line } from './table.ts';

function isRegister(cell: string): boolean {
	try {
		readIdentifier(undefined, cell);
		return true;
	} catch {
		return false;
	}
}

/** What columns hold, read from the cells themselves when no header says so. */
export function guessFields(lines: readonly Line[]): (Field | null)[] {
	const sample = lines.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')).slice(0, 50);
	const width = Math.max(1, ...sample.map(({ cells }) => cells.length));
	const most = (place: number, looks: (cell: string) => boolean): boolean => {
		const filled = sample.map(({ cells }) => clean(cells[place] ?? '')).filter(Boolean);
		return filled.length >= sample.length * 0.2 && filled.filter(looks).length >= filled.length * 0.7;
	};
	const fields: (Field | null)[] = Array.from({ length: width }, (_, place) => {
		if (most(place, isEmail)) return 'email';
		if (most(place, (cell) => /^\d{4,5}$/.test(cell))) return 'postcode';
		if (most(place, (cell) => /^(?:\+|0\d)/.test(cell) && readPhone(cell) !== null)) return 'phone';
		if (most(place, (cell) => /^(?:https?:\/\/|www\.)\S+$/i.test(cell))) return 'website';
		return most(place, isRegister) ? 'register' : null;
	});
	const worded = (place: number): number => sample.filter(({ cells }) => /\p{L}/u.test(cells[place] ?? '')).length;
	const free = fields.flatMap((field, place) => (field === null && worded(place) > 0 ? [place] : []));
	// The first of the columns that hold words in nearly every line.
	const name = free.find((place) => worded(place) >= 0.9 * Math.max(...free.map(worded)));
	if (name !== undefined) fields[name] = 'name';
	const postcode = fields.indexOf('postcode');
	for (const beside of [postcode + 1, postcode - 1]) {
		if (
			postcode < 0 ||
			fields[beside] !== null ||
			fields.includes('commune') ||
			!most(beside, (cell) => /^[\p{L} ’'-]+$/u.test(cell))
		)
			continue;
		fields[beside] = 'commune';
	}
	return fields;
}

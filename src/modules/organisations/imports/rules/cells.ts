/** Signs that no text shows: a cell that has some says so. */
// eslint-disable-next-line no-control-regex
export const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
const marks = /[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** A cell's text: one form of each letter, no invisible sign, single spaces. */
export function clean(cell: string): string {
	return cell.normalize('NFC').replace(control, '').replace(marks, '').replace(/\s+/gu, ' ').trim();
}

/** Signs that lists write for « nothing ». */
export function isNothing(text: string): boolean {
	return /^(?:[-–—_./]+|n\.?[ac]\.?|n\/a|null|none|nan|undefined|neant|néant|non renseigné|sans|aucun)$/i.test(text);
}

/** Adds https:// where it is left out and mends « htpp:// » and « http//: »; null when the text is no address of a site. */
export function readWebsite(text: string): string | null {
	const bare = text.replace(/^[\s:;,.]+/, '');
	const mended = bare.replace(/^h[tp]{2,4}(s?)[:;/\\.]+(?=[^\s:;/\\.])/i, 'http$1://');
	const written = /^[a-z][a-z0-9+.-]*:/i.test(mended) && !/^[^/]+\.[a-z]{2,}:\d+/i.test(mended) ? mended : `https://${mended}`;
	try {
		const url = new URL(written);
		const plausible =
			/^https?:$/.test(url.protocol) &&
			/^[^.\s]+(?:\.[^.\s]+)+$/.test(url.hostname) &&
			!/%|^[\d.]+$/.test(url.hostname) &&
			!url.username;
		// A home page needs no closing slash.
		return plausible ? url.href.replace(/^(https?:\/\/[^/?#]+)\/$/, '$1') : null;
	} catch {
		return null;
	}
}

/** Whether a text is one e-mail address. */
export function isEmail(text: string): boolean {
	return text.length <= 254 && /^[^\s@<>(),;:"]{1,64}@[^\s@<>(),;:"]+\.[\p{L}\p{N}-]{2,}$/u.test(text);
}

/** « 0 » and « 34070.0 » are what spreadsheets make of no postcode and of one. */
export function readPostcode(text: string): string {
	const code = text
		.replace(/[.,]0+$/, '')
		.replace(/^F-?(?=\d{5}$)|^(?:B|BE|L|LU|CH)[- ]?(?=\d{4}$)/i, '')
		.replace(/^(\d{2}) (\d{3})$/, '$1$2');
	return /^0*$/.test(code) ? '' : code;
}

/** Figures of a telephone number, at least and at most. */
const shortestPhone = 6;
const longestPhone = 15;

/** Whether a text is one telephone number, however it is spaced. */
const isPhone = (text: string): boolean => {
	const figures = text.replace(/\D/g, '');
	return (
		/^\+?[\d\s.()/-]+$/.test(text) &&
		figures.length >= shortestPhone &&
		figures.length <= longestPhone &&
		!/^(\d)\1*$/.test(figures)
	);
};

/**
 * A telephone number as it is kept: ten figures in pairs, any other as it is written. `zero` says that a spreadsheet had dropped its
 * first zero, which is put back. Null when the text is no number.
 */
export function readPhone(text: string): { phone: string; zero: boolean } | null {
	const bare = text
		.replace(/^[^\d+(]+/, '')
		.replace(/\(0\)/, '')
		.replace(/(?<=\d)[.,]0+$/, '')
		.trim();
	if (!isPhone(bare)) return null;
	const figures = bare.replace(/\D/g, '');
	const zero = /^[1-9]\d{8}$/.test(bare.replace(/[\s.]/g, ''));
	const ten = zero ? `0${figures}` : figures;
	const paired = /^0\d{9}$/.test(ten) && !bare.startsWith('+');
	return { phone: paired ? ten.replace(/(\d{2})(?=\d)/g, '$1 ') : bare.replace(/\s+/g, ' '), zero };
}

import iconv from 'iconv-lite';
import { Refused } from '#platform/errors.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'iso-8859-15' | 'macintosh' | 'cp850';

/** The first bytes of files that are no list, and what to say of them. */
const signatures: [bytes: number[], code: string][] = [
	[[0x50, 0x4b, 0x03, 0x04], 'organisations.import-spreadsheet'],
	[[0xd0, 0xcf, 0x11, 0xe0], 'organisations.import-spreadsheet'],
	[[0x25, 0x50, 0x44, 0x46], 'organisations.import-pdf'],
	[[0x7b, 0x5c, 0x72, 0x74, 0x66], 'organisations.import-document'],
	[[0x89, 0x50, 0x4e, 0x47], 'organisations.import-not-text'],
	[[0xff, 0xd8, 0xff], 'organisations.import-not-text'],
	[[0x47, 0x49, 0x46, 0x38], 'organisations.import-not-text'],
	[[0x1f, 0x8b], 'organisations.import-not-text']
];

function startsWith(bytes: Uint8Array, first: readonly number[]): boolean {
	return first.every((byte, place) => bytes[place] === byte);
}

/** Refuses, by its first bytes, a file that is known to be no list: a workbook, a PDF, a picture. */
export function refuseOtherFiles(bytes: Uint8Array): void {
	const known = signatures.find(([first]) => startsWith(bytes, first));
	if (!known) return;
	// A workbook with a password is kept in the container of the old ones.
	const locked = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(Buffer.from('EncryptedPackage', 'utf16le'));
	throw new Refused(locked ? 'organisations.import-locked' : known[1]);
}

/** UTF-16 without its mark: every second byte of plain text is zero. */
function zeroSide(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
	const sample = bytes.subarray(0, 2000);
	let even = 0;
	let odd = 0;
	for (let place = 0; place < sample.length; place++) {
		if (sample[place] !== 0) continue;
		if (place % 2) odd++;
		else even++;
	}
	const pairs = sample.length / 2;
	if (odd > pairs * 0.5 && even < pairs * 0.05) return 'utf-16le';
	if (even > pairs * 0.5 && odd < pairs * 0.05) return 'utf-16be';
	return null;
}

function count(text: string, signs: RegExp): number {
	return text.match(signs)?.length ?? 0;
}

/** Which of the old one-byte tables (Windows, Latin-9, Mac, DOS) makes the most French letters and the fewest odd signs. */
function oneByteTable(bytes: Uint8Array): Encoding {
	const sample = Buffer.from(bytes.subarray(0, 200_000).filter((byte) => byte >= 0x80));
	const score = (encoding: Encoding): number => {
		const text = iconv.decode(sample, encoding);
		return count(text, /[éèêëàâçôöûùüîïœÉÈÊÀÂÇÔÎŒ’«»°€–\u00a0]/g) - 2 * count(text, /[^éèêëàâçôöûùüîïœÉÈÊÀÂÇÔÎŒ’«»°€–\u00a0]/g);
	};
	const tables: Encoding[] = ['windows-1252', 'iso-8859-15', 'macintosh', 'cp850'];
	return tables.reduce((best, table) => (score(table) > score(best) ? table : best));
}

/** The text of a file that somebody exported or pasted, and how it was written; Refused when it is no text. */
export function decode(bytes: Uint8Array): { text: string; encoding: Encoding; twice: number } {
	refuseOtherFiles(bytes);
	const { text: once, encoding } = decodeText(bytes);
	const { text, twice } = readTwice(once);
	if (text.includes('\0')) throw new Refused('organisations.import-not-text');
	const sample = text.slice(0, 20_000);
	// eslint-disable-next-line no-control-regex
	if (count(sample, /[\u0001-\u0008\u000b\u000e-\u001f\u007f\ufffd]/g) > Math.max(5, sample.length * 0.02))
		throw new Refused('organisations.import-not-text');
	return { text, encoding, twice };
}

/** A letter of UTF-8 that was taken for two or three of Windows, and written again: « Ã© », « â€™ ». */
const twiceWritten =
	/(?:[\u00c2\u00c3\u00c5][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â[\u0080\u0082\u0084€‚„][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ])/g;
/** What such a letter may be in a list of ours: any other pair was meant as it stands. */
const usual = /^[\u00a0-ÿŒœŸ€‚ƒ„…†‡ˆ‰Š‹Ž‘’“”•–—˜™š›ž\u202f]$/;
/** Some files went through the wrong table three times; none of ours more. */
const mostTimes = 3;

/** Reads once more what was written twice over, letter by letter, and counts it; what was written thrice shows again, and is read again. */
function readTwice(text: string, times = mostTimes): { text: string; twice: number } {
	let twice = 0;
	const read = text.replace(twiceWritten, (pair) => {
		// Windows has nothing at 0x81, 0x8d, 0x8f, 0x90 and 0x9d: tools leave these bytes as they are.
		const bytes = Buffer.concat(
			[...pair].map((letter) => (letter <= 'ÿ' ? Buffer.from(letter, 'latin1') : iconv.encode(letter, 'windows-1252')))
		);
		const letter = bytes.toString('utf8');
		if (!usual.test(letter)) return pair;
		twice++;
		return letter;
	});
	return twice && times > 1 ? { text: readTwice(read, times - 1).text, twice } : { text: read, twice };
}

function decodeText(bytes: Uint8Array): { text: string; encoding: Encoding } {
	const sixteen = startsWith(bytes, [0xff, 0xfe]) ? 'utf-16le' : startsWith(bytes, [0xfe, 0xff]) ? 'utf-16be' : zeroSide(bytes);
	if (sixteen) return { text: new TextDecoder(sixteen).decode(bytes), encoding: sixteen };
	try {
		return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
	} catch {
		// A few broken letters in a file that is otherwise UTF-8: they show as �, and their rows say so.
		const text = new TextDecoder('utf-8').decode(bytes);
		if (startsWith(bytes, [0xef, 0xbb, 0xbf]) || count(text, /[\u0080-\u{10ffff}]/gu) > 6 * count(text, /\ufffd/g))
			return { text, encoding: 'utf-8' };
	}
	const encoding = oneByteTable(bytes);
	return { text: iconv.decode(Buffer.from(bytes), encoding), encoding };
}

// A file is read byte by byte as letters (`latin1`): whatever its encoding, a line stays a line and a separator a separator.
// Each cell is then read in the encoding that its own bytes show: a file that mixes two loses nothing.

const beyond = /[\u0080-\u00ff]/;
const utf8 =
	// oxlint-disable-next-line no-control-regex
	/^(?:[\u0000-\u007f]|[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}|[\u00f0-\u00f4][\u0080-\u00bf]{3})*$/;
/** What Windows writes from 0x80 to 0x9f, where Latin-1 has nothing that one reads. */
const windows = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const twice = /[ÂÃâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/;

const asUtf8 = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');

/** The bytes of a text in Windows-1252; null when it holds a letter that is not there. */
function bytesOf(text: string): string | null {
	let bytes = '';
	for (const letter of text) {
		const code = letter.codePointAt(0)!;
		if (code < 256) bytes += letter;
		else {
			const place = windows.indexOf(letter);
			if (place < 0) return null;
			bytes += String.fromCharCode(0x80 + place);
		}
	}
	return bytes;
}

/** The text of a cell: UTF-8 where its bytes are, else Windows-1252; « Ã© », written twice over, is read once more. */
export function readLetters(cell: string): string {
	if (!beyond.test(cell)) return cell;
	if (!utf8.test(cell)) return cell.replace(/[\u0080-\u009f]/g, (letter) => windows[letter.charCodeAt(0) - 0x80]!);
	const once = asUtf8(cell);
	if (!twice.test(once)) return once;
	const bytes = bytesOf(once);
	return bytes && utf8.test(bytes) ? asUtf8(bytes) : once;
}

// A photo taken with a telephone tells where and when it was taken, and with what. Nobody means to give that with their face: a
// picture is rewritten with only what is needed to show it. Nothing is decoded: the pixels stay as they are.

export type Picture = { bytes: Uint8Array<ArrayBuffer>; width: number; height: number };

const joined = (pieces: Uint8Array[]): Uint8Array<ArrayBuffer> => {
	const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
	let at = 0;
	for (const piece of pieces) {
		all.set(piece, at);
		at += piece.length;
	}
	return all;
};

const says = (bytes: Uint8Array, at: number, word: string): boolean =>
	[...word].every((letter, i) => bytes[at + i] === letter.charCodeAt(0));

/** Which way up a photo is (EXIF 2.32, tag 274): 1 as it lies, 2 to 8 turned or mirrored. `segment` is what follows its length. */
function orientationIn(segment: Uint8Array): number {
	if (!says(segment, 0, 'Exif\0\0')) return 1;
	const view = new DataView(segment.buffer, segment.byteOffset + 6, segment.byteLength - 6);
	if (view.byteLength < 14) return 1;
	const little = view.getUint16(0) === 0x4949;
	const directory = view.getUint32(4, little);
	if (directory + 2 > view.byteLength) return 1;
	for (let i = 0; i < view.getUint16(directory, little); i++) {
		const entry = directory + 2 + 12 * i;
		if (entry + 12 > view.byteLength) return 1;
		if (view.getUint16(entry, little) !== 274) continue;
		const turned = view.getUint16(entry + 8, little);
		return turned >= 1 && turned <= 8 ? turned : 1;
	}
	return 1;
}

/** An EXIF segment that says which way up the photo is, and nothing else. */
const upright = (orientation: number): Uint8Array => {
	const parts = ['ffe10022', '457869660000', '4d4d002a00000008', '0001', '0112000300000001', `000${orientation}0000`, '00000000'];
	return Uint8Array.from(Buffer.from(parts.join(''), 'hex'));
};

// Tables, frames, scans, restarts; and Adobe's note on colours, without which some photos turn green.
const needed = (marker: number, segment: Uint8Array): boolean =>
	(marker >= 0xc0 && marker <= 0xcf) ||
	[0xda, 0xdb, 0xdc, 0xdd].includes(marker) ||
	(marker === 0xee && says(segment, 0, 'Adobe'));
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function bareJpeg(bytes: Uint8Array): Picture | null {
	const kept: Uint8Array[] = [];
	let orientation = 1;
	let [width, height] = [0, 0];
	let scanned = false;
	for (let at = 2; at + 1 < bytes.length;) {
		if (bytes[at] !== 0xff) return null;
		const marker = bytes[at + 1]!;
		if (marker === 0xff) {
			at++;
			continue;
		}
		// Whatever follows the end (a second picture, a film) is left behind.
		if (marker === 0xd9)
			return scanned && width > 0 && height > 0
				? {
						bytes: joined([
							Uint8Array.from([0xff, 0xd8]),
							...(orientation > 1 ? [upright(orientation)] : []),
							...kept,
							Uint8Array.from([0xff, 0xd9])
						]),
						width,
						height
					}
				: null;
		const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
		let end = at + 2 + length;
		if (length < 2 || Number.isNaN(length) || end > bytes.length) return null;
		const segment = bytes.subarray(at + 4, end);
		if (isFrame(marker) && segment.length >= 5) {
			height = (segment[1]! << 8) | segment[2]!;
			width = (segment[3]! << 8) | segment[4]!;
		}
		if (marker === 0xe1 && orientation === 1) orientation = orientationIn(segment);
		if (marker === 0xda) {
			scanned = true;
			// The scan runs to the next marker that is neither a stuffed byte nor a restart.
			while (
				end + 1 < bytes.length &&
				!(bytes[end] === 0xff && bytes[end + 1] !== 0 && !(bytes[end + 1]! >= 0xd0 && bytes[end + 1]! <= 0xd7))
			)
				end++;
		}
		if (needed(marker, segment)) kept.push(bytes.subarray(at, end));
		at = end;
	}
	return null;
}

const shownChunks = ['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB'];

function barePng(bytes: Uint8Array): Picture | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const kept = [bytes.subarray(0, 8)];
	let [width, height] = [0, 0];
	let drawn = false;
	for (let at = 8; at + 12 <= bytes.length;) {
		const end = at + 12 + view.getUint32(at);
		if (end > bytes.length) return null;
		const chunk = shownChunks.find((one) => says(bytes, at + 4, one));
		if (chunk === 'IHDR' && end - at === 25) [width, height] = [view.getUint32(at + 8), view.getUint32(at + 12)];
		if (chunk === 'IDAT') drawn = true;
		if (chunk) kept.push(bytes.subarray(at, end));
		if (chunk === 'IEND') return drawn && width > 0 && height > 0 ? { bytes: joined(kept), width, height } : null;
		at = end;
	}
	return null;
}

/** The same picture without anything that isn't needed to show it; null when it is no JPEG or PNG from end to end. */
export function bare(bytes: Uint8Array): Picture | null {
	if (bytes[0] === 0xff && bytes[1] === 0xd8) return bareJpeg(bytes);
	return says(bytes, 0, '\x89PNG\r\n\x1a\n') ? barePng(bytes) : null;
}

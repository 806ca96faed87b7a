import sharp from 'sharp';
import { Refused } from './errors.ts';

// A photo taken with a telephone weighs eight megabytes, and tells where and when it was taken, and with what. It is drawn anew at
// the size at which it is shown: nothing but its points is kept. What strangers send is opened by two readers of the library only.
sharp.cache(false);
sharp.concurrency(1);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer'] });

/** What a telephone of today takes, and a little more. */
export const heaviestPicture = 16 * 1024 * 1024;

/** Sixty million points: the most that a telephone takes; a picture that says it has more is a trap for memory. */
const mostPoints = 60_000_000;

export type Picture = { bytes: Uint8Array<ArrayBuffer>; width: number; height: number };

/** How a picture is shown: filling a square, around what the eye looks at; or whole within a size. Never made larger. */
export type Frame = { square: number } | { within: number };

/** The same picture as a JPEG in each of these frames, upright, without place, date or device. What is no picture is refused in words. */
export async function redrawn<Frames extends Frame[]>(
	bytes: Uint8Array,
	field: string,
	...frames: Frames
): Promise<{ [each in keyof Frames]: Picture }> {
	if (bytes.length > heaviestPicture)
		throw new Refused('files.picture-too-heavy', { megabytes: heaviestPicture / 1024 / 1024 }, field);
	if (!bytes.length) throw new Refused('files.not-a-picture', {}, field);
	const open = (limitInputPixels: number | false) => sharp(bytes, { failOn: 'error', limitInputPixels, sequentialRead: true });
	const size = await open(false)
		.metadata()
		.catch(() => null);
	if (!size) throw new Refused('files.not-a-picture', {}, field);
	if (size.width * size.height > mostPoints) throw new Refused('files.picture-too-large', {}, field);
	const drawn: Picture[] = [];
	for (const frame of frames) {
		const { data, info } = await open(mostPoints)
			.autoOrient()
			.resize(
				'square' in frame
					? { width: frame.square, height: frame.square, fit: 'cover', position: 'attention', withoutEnlargement: true }
					: { width: frame.within, height: frame.within, fit: 'inside', withoutEnlargement: true }
			)
			.flatten({ background: '#fff' })
			.jpeg({ quality: 82, mozjpeg: true })
			.toBuffer({ resolveWithObject: true })
			.catch(() => {
				throw new Refused('files.not-a-picture', {}, field);
			});
		drawn.push({ bytes: Uint8Array.from(data), width: info.width, height: info.height });
	}
	return drawn as { [each in keyof Frames]: Picture };
}

import { Refused } from '#platform/errors.ts';
import { bare } from '#platform/pictures.ts';

/** One megabyte: a trombinoscope shows twenty of them to an old phone. We keep a photo as it is: nothing here makes it smaller. */
export const heaviestPhoto = 1024 * 1024;

/** Fifty million points: more than a face needs, and what a telephone can still open. */
export const mostPoints = 50_000_000;

/** The photo as it will be shown: a JPEG or a PNG, of a reasonable size, without place, date or device. */
export function presentable(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
	if (bytes.length > heaviestPhoto) throw new Refused('portraits.too-heavy', { megabytes: heaviestPhoto / 1024 / 1024 }, 'photo');
	const picture = bare(bytes);
	if (!picture) throw new Refused('portraits.not-a-photo', {}, 'photo');
	if (picture.width * picture.height > mostPoints) throw new Refused('portraits.too-large', {}, 'photo');
	return picture.bytes;
}

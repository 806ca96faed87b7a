import { Refused } from '#platform/errors.ts';
import { bare, type Picture } from '#platform/pictures.ts';

/** One megabyte: the page is read on old phones, and nothing here makes a picture smaller. */
export const heaviestCover = 1024 * 1024;

/** Fifty million points: what a telephone can still open. */
const mostPoints = 50_000_000;

/** The picture of a page as it will be shown: a JPEG or a PNG, of a reasonable size, without place, date or device. */
export function presentableCover(bytes: Uint8Array): Picture {
	if (bytes.length > heaviestCover) throw new Refused('publications.cover-too-heavy', {}, 'cover');
	const picture = bare(bytes);
	if (!picture) throw new Refused('publications.cover-not-a-picture', {}, 'cover');
	if (picture.width * picture.height > mostPoints) throw new Refused('publications.cover-too-large', {}, 'cover');
	return picture;
}

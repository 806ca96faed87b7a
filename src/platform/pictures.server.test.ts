import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { jpeg, png } from '../../tests/pictures.ts';
import { heaviestPicture, redrawn } from './pictures.server.ts';

const secret = 'GPS 48.8566 N, chez Nadia';
const holds = (bytes: Uint8Array, words: string) => Buffer.from(bytes).includes(words);
const colourAt = async (bytes: Uint8Array, x: number, y: number) => {
	const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
	const [red, , blue] = data.subarray((y * info.width + x) * info.channels);
	return red! > 150 && blue! < 100 ? 'red' : blue! > 150 && red! < 100 ? 'blue' : 'other';
};

test('where a photo was taken, when and with what is not kept, of a JPEG nor of a PNG', async () => {
	for (const picture of [await jpeg({ secret }), await png({ secret })]) {
		expect(holds(picture, secret), 'the picture that is sent tells it').toBe(true);
		const [shown] = await redrawn(picture, 'photo', { within: 400 });
		for (const word of [secret, 'Exif', 'GPS', 'ICC_PROFILE', 'Photoshop', 'http://ns.adobe.com'])
			expect(holds(shown.bytes, word), word).toBe(false);
		expect([...shown.bytes.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
	}
});

test('two sizes: a square filled, a picture whole; never larger than it was', async () => {
	const [large, small, whole] = await redrawn(
		await jpeg({ width: 900, height: 600 }),
		'photo',
		{ square: 480 },
		{ square: 120 },
		{ within: 450 }
	);
	expect([large, small, whole].map(({ width, height }) => [width, height])).toEqual([
		[480, 480],
		[120, 120],
		[450, 300]
	]);
	expect(small.bytes.length).toBeLessThan(large.bytes.length);
	const [tiny] = await redrawn(await png({ width: 30, height: 20 }), 'photo', { within: 480 });
	expect([tiny.width, tiny.height]).toEqual([30, 20]);
});

test('a photo taken upright is shown upright', async () => {
	// The left half is red: turned by a quarter (6), it is at the top; by half (3), at the right.
	const [turned] = await redrawn(await jpeg({ width: 80, height: 60, orientation: 6 }), 'photo', { within: 400 });
	expect([turned.width, turned.height]).toEqual([60, 80]);
	expect([await colourAt(turned.bytes, 30, 8), await colourAt(turned.bytes, 30, 72)]).toEqual(['red', 'blue']);
	const [half] = await redrawn(await jpeg({ width: 80, height: 60, orientation: 3 }), 'photo', { within: 400 });
	expect([await colourAt(half.bytes, 8, 30), await colourAt(half.bytes, 72, 30)]).toEqual(['blue', 'red']);
});

test('what is clear becomes white paper', async () => {
	const [shown] = await redrawn(await png({ clear: true }), 'photo', { within: 400 });
	const { data } = await sharp(shown.bytes).raw().toBuffer({ resolveWithObject: true });
	expect(Math.min(...data.subarray(0, 3))).toBeGreaterThan(250);
});

test('what is no picture, was cut, says it is immense or weighs too much is refused in words', async () => {
	const photo = await jpeg({ width: 400, height: 300 });
	const immense = await png();
	immense.writeUInt32BE(60_000, 16);
	immense.writeUInt32BE(60_000, 20);
	immense.writeUInt32BE(crc32(immense.subarray(12, 29)), 29);
	const refused = (bytes: Uint8Array) => redrawn(bytes, 'photo', { square: 480 }).catch((problem: unknown) => problem);
	for (const [bytes, code] of [
		[Buffer.from('%PDF-1.7 %%EOF'), 'files.not-a-picture'],
		[Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), 'files.not-a-picture'],
		[Buffer.alloc(0), 'files.not-a-picture'],
		[photo.subarray(0, photo.length / 2), 'files.not-a-picture'],
		[await sharp(photo).webp().toBuffer(), 'files.not-a-picture'],
		[immense, 'files.picture-too-large'],
		[Buffer.alloc(heaviestPicture + 1), 'files.picture-too-heavy']
	] as const)
		expect(await refused(bytes), code).toMatchObject({ code, field: 'photo' });
});

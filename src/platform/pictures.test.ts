import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jpeg, png } from '../../tests/pictures.ts';
import { bare } from './pictures.ts';

const secret = 'GPS 48.8566 N, chez Nadia';
const holds = (bytes: Uint8Array, words: string) => Buffer.from(bytes).includes(words);

test('where a photo was taken is not shown, in a JPEG nor in a PNG', () => {
	for (const picture of [jpeg({ secret }), png({ secret })]) {
		expect(holds(picture, secret)).toBe(true);
		const shown = bare(picture)!;
		expect(holds(shown.bytes, secret)).toBe(false);
		expect(holds(shown.bytes, 'Exif')).toBe(false);
		expect(bare(shown.bytes)!.bytes, 'twice changes nothing more').toEqual(shown.bytes);
	}
	expect(bare(jpeg())).toMatchObject({ width: 40, height: 30 });
	expect(bare(png({ side: 8 }))).toMatchObject({ width: 8, height: 8 });
});

test('a photo taken upright stays upright, whichever way its numbers run', () => {
	for (const little of [false, true])
		for (let orientation = 2; orientation <= 8; orientation++) {
			const shown = bare(jpeg({ orientation, secret, little }))!;
			expect(holds(shown.bytes, secret)).toBe(false);
			expect(shown.bytes.subarray(2, 12)).toEqual(Uint8Array.from([0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0]));
			expect(shown.bytes[31], 'its orientation').toBe(orientation);
			expect(bare(shown.bytes)!.bytes).toEqual(shown.bytes);
		}
});

test('what is needed to draw stays, byte for byte', () => {
	const shown = bare(jpeg({ secret }))!.bytes;
	expect(holds(shown, Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0xff, 0xd9]).toString('latin1'))).toBe(false);
	expect(Buffer.from(shown).includes(Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0xff, 0xd9]))).toBe(true);
	expect(Buffer.from(bare(png())!.bytes)).toEqual(png());
});

test('what is no picture, or was cut, is none', () => {
	for (const other of [
		Buffer.from('%PDF-1.7'),
		Buffer.from(''),
		Buffer.from('<svg onload="alert(1)">'),
		Buffer.from([0xff, 0xd8])
	])
		expect(bare(other)).toBeNull();
	for (const whole of [jpeg(), png()])
		for (let length = 0; length < whole.length; length++) expect(bare(whole.subarray(0, length)), String(length)).toBeNull();
});

test('nothing that somebody sends breaks it', () => {
	fc.assert(
		fc.property(
			fc.uint8Array({ maxLength: 200 }),
			fc.constantFrom(jpeg({ orientation: 6, secret }), png({ secret })),
			(noise, picture) => {
				const sent = Buffer.from(picture);
				sent.set(noise.subarray(0, sent.length - 8), 8);
				const shown = bare(sent);
				expect(shown === null || shown.bytes.length <= sent.length + 36).toBe(true);
			}
		)
	);
});

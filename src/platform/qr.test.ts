import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { qrOf } from './qr.ts';

test('each dark square is drawn once, and no other', () => {
	const address = 'https://ensemblier.example/projets/avril-enchante-k7p3m';
	const { size, path } = qrOf(address);
	const dark = new Set<string>();
	for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
		for (let at = 0; at < Number(width); at++) {
			const square = `${Number(x) + at} ${y}`;
			expect(dark.has(square)).toBe(false);
			dark.add(square);
		}
	const { data } = encode(address, { ecc: 'Q', border: 4 });
	expect(data).toHaveLength(size);
	for (const [y, row] of data.entries()) for (const [x, on] of row.entries()) expect(dark.has(`${x} ${y}`)).toBe(on);
});

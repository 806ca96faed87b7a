import { encode } from 'uqr';

/** An address as a QR code, to be drawn as one path of squares on a picture of `size` by `size`. A quarter of it may be dirty or torn. */
export function qrOf(address: string): { size: number; path: string } {
	const { data, size } = encode(address, { ecc: 'Q', border: 4 });
	const runs = data.flatMap((row, y) => {
		const found: string[] = [];
		for (let x = 0; x < size; x++) {
			if (!row[x]) continue;
			const from = x;
			while (row[x]) x++;
			found.push(`M${from} ${y}h${x - from}v1h-${x - from}z`);
		}
		return found;
	});
	return { size, path: runs.join('') };
}

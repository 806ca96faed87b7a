import zlib from 'node:zlib';

/** A zip of some files, piece by piece; `lie` announces another size than the true one, as a bomb does. */
export function* zipped(
	files: Iterable<[name: string, pieces: Iterable<Buffer>]>,
	{ lie = null as number | null } = {}
): Generator<Buffer> {
	let at = 0;
	const directory: Buffer[] = [];
	for (const [name, pieces] of files) {
		const began = at;
		const title = Buffer.from(name, 'utf8');
		// Each part is a deflate block of its own, ended by a flush: joined, they are one stream.
		const parts: Buffer[] = [];
		let crc = 0;
		let plainSize = 0;
		for (const piece of pieces) {
			crc = zlib.crc32(piece, crc);
			plainSize += piece.length;
			parts.push(zlib.deflateRawSync(piece, { level: 1, finishFlush: zlib.constants.Z_SYNC_FLUSH }));
		}
		parts.push(zlib.deflateRawSync(Buffer.alloc(0)));
		const packedSize = parts.reduce((sum, { length }) => sum + length, 0);
		const head = Buffer.alloc(30);
		head.writeUInt32LE(0x0403_4b50, 0);
		head.writeUInt16LE(20, 4);
		head.writeUInt16LE(0x0800, 6);
		head.writeUInt16LE(8, 8);
		head.writeUInt32LE(crc, 14);
		head.writeUInt32LE(packedSize, 18);
		head.writeUInt32LE(lie ?? plainSize, 22);
		head.writeUInt16LE(title.length, 26);
		yield Buffer.concat([head, title]);
		yield* parts;
		at += head.length + title.length + packedSize;
		const entry = Buffer.alloc(46);
		entry.writeUInt32LE(0x0201_4b50, 0);
		entry.writeUInt16LE(20, 4);
		entry.writeUInt16LE(20, 6);
		head.copy(entry, 8, 6, 28);
		entry.writeUInt32LE(began, 42);
		directory.push(Buffer.concat([entry, title]));
	}
	yield* directory;
	const size = directory.reduce((sum, { length }) => sum + length, 0);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x0605_4b50, 0);
	end.writeUInt16LE(directory.length, 8);
	end.writeUInt16LE(directory.length, 10);
	end.writeUInt32LE(size, 12);
	end.writeUInt32LE(at, 16);
	yield end;
}

import { crc32, deflateSync } from 'node:zlib';

// Small pictures for tests, with what telephones hide in theirs.

const chunk = (name: string, data: Buffer): Buffer => {
	const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	const check = Buffer.alloc(4);
	check.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, check]);
};

/** A square of one colour; `secret` is written into a text and an EXIF chunk. */
export function png({ side = 8, secret = '' } = {}): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(side, 0);
	header.writeUInt32BE(side, 4);
	header.set([8, 2, 0, 0, 0], 8);
	const rows = Buffer.concat(Array.from({ length: side }, () => Buffer.concat([Buffer.from([0]), Buffer.alloc(side * 3, 0x8a)])));
	return Buffer.concat([
		Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
		chunk('IHDR', header),
		...(secret ? [chunk('tEXt', Buffer.from(`Comment\0${secret}`)), chunk('eXIf', Buffer.from(`MM\0*${secret}`))] : []),
		chunk('IDAT', deflateSync(rows)),
		chunk('IEND', Buffer.alloc(0))
	]);
}

const segment = (marker: number, data: Buffer): Buffer =>
	Buffer.concat([Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255]), data]);

/** The shape of a JPEG, with its orientation and `secret` in EXIF, in a comment, and after its end. */
export function jpeg({ orientation = 1, secret = '', width = 40, height = 30, little = false } = {}): Buffer {
	const tiff = Buffer.alloc(26);
	const [two, four] = little
		? [tiff.writeUInt16LE.bind(tiff), tiff.writeUInt32LE.bind(tiff)]
		: [tiff.writeUInt16BE.bind(tiff), tiff.writeUInt32BE.bind(tiff)];
	tiff.write(little ? 'II' : 'MM', 0, 'latin1');
	two(42, 2);
	four(8, 4);
	two(1, 8);
	two(274, 10);
	two(3, 12);
	four(1, 14);
	two(orientation, 18);
	return Buffer.concat([
		Buffer.from([0xff, 0xd8]),
		segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')),
		segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from(secret)])),
		segment(0xfe, Buffer.from(secret)),
		segment(0xdb, Buffer.alloc(65, 1)),
		segment(0xc0, Buffer.from([8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0])),
		segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
		// A stuffed byte and a restart, which end nothing.
		Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]),
		Buffer.from([0xff, 0xd9]),
		Buffer.from(secret)
	]);
}

import sharp from 'sharp';

// Small pictures for tests, with what telephones hide in theirs.

type Taken = { width?: number; height?: number; orientation?: number; secret?: string; left?: string; right?: string };

/** A photo, its left half of one colour and its right half of another; `secret` is written where telephones write the place. */
export const jpeg = ({
	width = 40,
	height = 30,
	orientation = 1,
	secret = '',
	left = '#d02020',
	right = '#2020d0'
}: Taken = {}) =>
	halves(width, height, left, right)
		.withExif({ IFD0: { ImageDescription: secret || 'x', Artist: secret || 'x' }, IFD3: { GPSMapDatum: secret || 'x' } })
		.withMetadata({ orientation })
		.jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
		.toBuffer();

/** The same without loss, and with nothing behind it where `clear`. */
export const png = ({ width = 8, height = 8, secret = '', clear = false } = {}) =>
	sharp({ create: { width, height, channels: 4, background: { r: 138, g: 20, b: 60, alpha: clear ? 0 : 1 } } })
		.withExif({ IFD0: { ImageDescription: secret || 'x' } })
		.png()
		.toBuffer();

const halves = (width: number, height: number, left: string, right: string) =>
	sharp({ create: { width, height, channels: 3, background: right } }).composite([
		{
			input: { create: { width: Math.ceil(width / 2), height, channels: 3, background: left } },
			left: 0,
			top: 0
		}
	]);

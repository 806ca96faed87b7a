// Which characters a TrueType font can draw, read from its `cmap` table (OpenType 1.9, formats 4 and 12).

export function charactersOf(font: Buffer): Set<number> {
	const covered = new Set<number>();
	const cmap = tableOffset(font, 'cmap');
	for (let i = 0; i < font.readUInt16BE(cmap + 2); i++) {
		const subtable = cmap + font.readUInt32BE(cmap + 4 + i * 8 + 4);
		const format = font.readUInt16BE(subtable);
		if (format === 4) addSegments(font, subtable, covered);
		if (format === 12) addGroups(font, subtable, covered);
	}
	return covered;
}

function tableOffset(font: Buffer, tag: string): number {
	for (let i = 0; i < font.readUInt16BE(4); i++) {
		const record = 12 + i * 16;
		if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8);
	}
	throw new Error(`no ${tag} table in this font`);
}

function addSegments(font: Buffer, at: number, covered: Set<number>) {
	const size = font.readUInt16BE(at + 6);
	const ends = at + 14;
	const starts = ends + size + 2;
	const deltas = starts + size;
	const offsets = deltas + size;
	for (let i = 0; i < size; i += 2) {
		const start = font.readUInt16BE(starts + i);
		const end = font.readUInt16BE(ends + i);
		const offset = font.readUInt16BE(offsets + i);
		for (let code = start; code <= end && code < 0xffff; code++) {
			const glyph = offset ? font.readUInt16BE(offsets + i + offset + (code - start) * 2) : code;
			if (offset ? glyph : (glyph + font.readUInt16BE(deltas + i)) & 0xffff) covered.add(code);
		}
	}
}

function addGroups(font: Buffer, at: number, covered: Set<number>) {
	for (let i = 0; i < font.readUInt32BE(at + 12); i++) {
		const group = at + 16 + i * 12;
		const start = font.readUInt32BE(group);
		const end = font.readUInt32BE(group + 4);
		const first = font.readUInt32BE(group + 8);
		for (let code = start; code <= end; code++) if (first + code - start) covered.add(code);
	}
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emblem, emblemColumns } from './emblem.ts';

const members = fc.array(fc.record({ code: fc.string({ minLength: 2, maxLength: 2 }), outlined: fc.boolean() }), {
	minLength: 1,
	maxLength: 30
});

// The points of a path, in absolute units; an arc counts for its two ends and its sweep.
function walk(path: string): { at: [number, number]; by: string }[] {
	let [x, y] = [0, 0];
	return [...path.matchAll(/([Mla])([-\d. ]+)/g)].map(([, command, text]) => {
		const numbers = text!.trim().split(' ').map(Number);
		if (command === 'M') [x, y] = numbers as [number, number];
		else {
			x += numbers.at(-2)!;
			y += numbers.at(-1)!;
		}
		return { at: [Math.round(x * 10) / 10, Math.round(y * 10) / 10], by: command === 'a' ? `arc${numbers[4]}` : command! };
	});
}

// The points of an outline that lie near the inside of one side of the grid.
function along(path: string, near: (x: number, y: number) => boolean): string[] {
	return [...new Set(walk(path).map(({ at }) => at.join(',')))]
		.filter((point) => near(...(point.split(',').map(Number) as [number, number])))
		.toSorted();
}

test('one closed outline per member, in their order, and it comes back where it began', () => {
	fc.assert(
		fc.property(members, (list) => {
			const pieces = emblem(list);
			expect(pieces.map((piece) => piece.code)).toEqual(list.map((member) => member.code));
			for (const piece of pieces) {
				const points = walk(piece.path);
				expect(points.at(-1)!.at).toEqual([piece.x, piece.y]);
				expect(piece.path.endsWith('z')).toBe(true);
			}
		})
	);
});

test('the same members give the same picture, and a newcomer at the end moves nobody in a row that is full', () => {
	const nine = ['CT', 'AS', 'MB', 'LP', 'CV', 'FL', 'RS', 'VP', 'FO'].map((code) => ({ code }));
	expect(emblem(nine)).toEqual(emblem(nine));
	expect(emblem(nine, 3).map(({ x, y }) => [x, y])).toEqual(
		emblem([...nine, { code: 'XX' }], 3)
			.slice(0, 9)
			.map(({ x, y }) => [x, y])
	);
});

test('neighbours share their edge: what one puts out, the other takes in', () => {
	fc.assert(
		fc.property(members, fc.integer({ min: 1, max: 6 }), (list, columns) => {
			const pieces = emblem(list, columns);
			for (const [index, piece] of pieces.entries()) {
				const right = (index + 1) % columns ? pieces[index + 1] : undefined;
				const under = pieces[index + columns];
				const { x, y } = piece;
				if (right) {
					const near = (px: number, py: number) => Math.abs(px - x - 100) < 20 && py > y + 25 && py < y + 75;
					expect(along(piece.path, near)).toEqual(along(right.path, near));
				}
				if (under) {
					const near = (px: number, py: number) => Math.abs(py - y - 100) < 20 && px > x + 25 && px < x + 75;
					expect(along(piece.path, near)).toEqual(along(under.path, near));
				}
			}
		})
	);
});

test('public partners and funders are outlined; the others alternate', () => {
	const kinds = emblem([{ code: 'A1' }, { code: 'A2' }, { code: 'P1', outlined: true }, { code: 'A3' }]).map(
		(piece) => piece.kind
	);
	expect(kinds).toEqual(['a', 'b', 'c', 'a']);
});

test('the block is about square', () => {
	expect([1, 2, 4, 5, 9, 10].map(emblemColumns)).toEqual([1, 2, 2, 3, 3, 4]);
});

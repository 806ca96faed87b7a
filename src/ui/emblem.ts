// The picture of a group: one piece per member, all the same size, joined by tenons that depend on the place only.
// The same members in the same order always give the same picture, and nobody's place is bigger.
import type { Shape } from './paper.ts';

export type Member = { code: string; outlined?: boolean };
// `kind` is the class that colours it: a solid, b white, c outlined
export type EmblemPiece = { code: string; kind: 'a' | 'b' | 'c'; x: number; y: number; path: string };

const side = 100;
const reach = 15;
const shapes: readonly Shape[] = ['round', 'point', 'square'];

type Tenon = { shape: Shape; out: 1 | -1 };

// The tenon on the edge between (x, y) and the piece at its right; `out` is seen from the left piece.
function across(x: number, y: number): Tenon {
	return { shape: shapes[(x * 2 + y) % 3]!, out: (x + y) % 2 ? 1 : -1 };
}

// The tenon on the edge between (x, y) and the piece above; `out` is seen from the upper piece.
function below(x: number, y: number): Tenon {
	return { shape: shapes[(x + y * 2 + 1) % 3]!, out: (x + y) % 2 ? -1 : 1 };
}

function reversed(tenon: Tenon): Tenon {
	return { shape: tenon.shape, out: tenon.out === 1 ? -1 : 1 };
}

// Rounded away from zero, so that what goes out comes back; -0 is written 0.
function round(n: number): number {
	return (Math.sign(n) * Math.round(Math.abs(n) * 10)) / 10 + 0;
}

// One edge as a relative path, drawn along (dx, dy); (nx, ny) points out of the piece.
function edge(tenon: Tenon, dx: number, dy: number, nx: number, ny: number): string {
	const line = (along: number, outward: number) => `l${round(along * dx + outward * nx)} ${round(along * dy + outward * ny)}`;
	const shoulder = side / 2 - reach;
	if (tenon.shape === 'point') {
		const tip = reach * 1.05 * tenon.out;
		return line(shoulder, 0) + line(reach, tip) + line(reach, -tip) + line(shoulder, 0);
	}
	if (tenon.shape === 'square') {
		const height = reach * 0.85 * tenon.out;
		return line(shoulder + 3, 0) + line(0, height) + line(2 * reach - 6, 0) + line(0, -height) + line(shoulder + 3, 0);
	}
	const sweep = tenon.out * (dx * ny - dy * nx) > 0 ? 0 : 1;
	const arc = `a${reach} ${reach} 0 0 ${sweep} ${round(2 * reach * dx)} ${round(2 * reach * dy)}`;
	return line(shoulder, 0) + arc + line(shoulder, 0);
}

// Enough columns for a block that is about square.
export function emblemColumns(count: number): number {
	return Math.max(1, Math.ceil(Math.sqrt(count)));
}

// The pieces of the picture, in the order of the members, on a grid of 100 units.
export function emblem(members: readonly Member[], columns = emblemColumns(members.length)): EmblemPiece[] {
	const there = (x: number, y: number) => x >= 0 && x < columns && y >= 0 && y * columns + x < members.length;
	return members.map((member, index) => {
		const x = index % columns;
		const y = Math.floor(index / columns);
		const path = [
			`M${x * side} ${y * side}`,
			there(x, y - 1) ? edge(reversed(below(x, y)), 1, 0, 0, -1) : `l${side} 0`,
			there(x + 1, y) ? edge(across(x + 1, y), 0, 1, 1, 0) : `l0 ${side}`,
			there(x, y + 1) ? edge(below(x, y + 1), -1, 0, 0, 1) : `l${-side} 0`,
			there(x - 1, y) ? edge(reversed(across(x, y)), 0, -1, -1, 0) : `l0 ${-side}`,
			'z'
		].join('');
		const kind = member.outlined ? 'c' : (x + y) % 2 ? 'b' : 'a';
		return { code: member.code, kind, x: x * side, y: y * side, path };
	});
}

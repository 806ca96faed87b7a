import type { Point } from './points.ts';

/** What a territory may be: of the official referential, brought by an administrator, or drawn by picking communes; and what a house's territories hold together. */
export const areaKinds = [
	'commune',
	'epci',
	'department',
	'region',
	'living_area',
	'priority_quarter',
	'foreign_commune',
	'custom',
	'house'
] as const;
export type AreaKind = (typeof areaKinds)[number];

export type Area = {
	key: string;
	kind: AreaKind;
	name: string;
	/** Every code of its communes: today's, and those that lead to them. */
	codes: string[];
	/** Communes of which it is only a part. */
	parts: { code: string; part: string }[];
	centre: Point | null;
	/** A commune out of France is known by its bare name and its postcodes. */
	abroad: { names: string[]; postcodes: string[] } | null;
};

const short: Record<AreaKind, string> = {
	commune: 'com',
	epci: 'epci',
	department: 'dep',
	region: 'reg',
	living_area: 'bv',
	priority_quarter: 'qp',
	foreign_commune: 'ext',
	custom: 'terr',
	house: 'maison'
};

/** « com-44184 »: a territory in an address. */
export const keyOf = (kind: AreaKind, code: string): string => `${short[kind]}-${code.toLowerCase()}`;

/** The kind and the code that an address means; null when it means none. */
export function readKey(key: string): { kind: AreaKind; code: string } | null {
	const [, prefix, code] = /^([a-z]+)-([a-z0-9]{1,20})$/.exec(key) ?? [];
	const kind = areaKinds.find((one) => short[one] === prefix);
	if (!kind || !code) return null;
	return { kind, code: kind === 'custom' || kind === 'house' ? code : code.toUpperCase() };
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const { dependencies, optionalDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
const packages = Object.keys({ ...dependencies, ...optionalDependencies });

test('every package that the program asks for is named with its licence, and no other', () => {
	const rows = read('ATTRIBUTIONS.md').matchAll(/^\| ([^|`]+?) \|([^|]+)\|$/gm);
	const named = new Map(
		[...rows].flatMap(([, licence, list]) => [...list!.matchAll(/`([^`]+)`/g)].map(([, name]) => [name!, licence!] as const))
	);
	expect([...named.keys()].toSorted()).toEqual(packages.toSorted());
	for (const [name, licence] of named) {
		if (licence.startsWith('their own')) continue;
		let declared: { license?: string };
		try {
			declared = JSON.parse(read(`node_modules/${name}/package.json`)) as typeof declared;
		} catch {
			// made for another machine than this one
			continue;
		}
		if (declared.license) for (const one of declared.license.split(' AND ')) expect(licence.split(' and '), name).toContain(one);
	}
});

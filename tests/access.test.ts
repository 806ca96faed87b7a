/// <reference types="vite/client" />
import { expect, test } from 'vitest';
import { entrantOf } from '#platform/http.server.ts';

const routes = import.meta.glob<{ actions?: Record<string, unknown> }>(
	'../src/routes/**/+{page.server,layout.server,server}.ts',
	{ eager: true }
);

test('every door says who may enter, and the list of doors is committed', async () => {
	const doors = Object.entries(routes)
		.flatMap(([file, { actions = {}, ...exports }]) =>
			Object.entries({ ...exports, ...actions })
				.filter(([, it]) => typeof it === 'function')
				.map(([name, handler]) => ({ door: `${file.replace('../src/routes', '')} ${name}`, who: entrantOf(handler as object) }))
		)
		.toSorted((a, b) => (a.door < b.door ? -1 : 1));
	expect(doors.filter(({ who }) => !who)).toEqual([]);
	await expect(doors.map(({ door, who }) => `${door} — ${who}`).join('\n') + '\n').toMatchFileSnapshot('access.txt');
});

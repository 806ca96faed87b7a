import fc from 'fast-check';
import { expect, test } from 'vitest';
import { objects } from '#content/objects/objects.ts';
import { topics } from '#modules/lines/rules.ts';
import { takeForm } from './forms.ts';
import { countedThemes, objectNamed, objectsOf, proposed, sayWhen, spanFrom } from './rules.ts';

test('days follow the first one, whatever it is, and none ends before it starts', () => {
	const theatre = objectNamed('theatre')!;
	const found = (id: string) => proposed(theatre, spanFrom(theatre, '2027-04-09', null)).find((one) => one.id === id)!;
	expect(found('representations')).toMatchObject({ day: '2027-04-09', lastDay: '2027-04-11' });
	expect(found('reserver').day).toBe('2026-08-12');
	expect(found('bilan').day).toBe('2027-05-02');
	expect(proposed(theatre, null).every(({ day }) => day === null)).toBe(true);
	const day = fc
		.date({ min: new Date('2000-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
		.map((at) => at.toISOString().slice(0, 10));
	fc.assert(
		fc.property(fc.constantFrom(...objects), day, fc.option(day), (object, first, last) => {
			const span = spanFrom(object, first, last)!;
			expect(span.last >= first).toBe(true);
			for (const line of proposed(object, span)) {
				if (line.phase === 'before') expect(line.day! < first).toBe(true);
				if (line.phase === 'after') expect(line.day! > span.last).toBe(true);
				if (line.lastDay) expect(line.lastDay >= line.day!).toBe(true);
			}
		})
	);
});

test('every topic is one of the lines’, every theme has its objects, and one that does not exist shows all', () => {
	for (const { id, lines } of objects) for (const { kind, topic } of lines) if (topic) expect(topics[kind], id).toContain(topic);
	expect(countedThemes().reduce((sum, { n }) => sum + n, 0)).toBe(objects.length);
	expect(objectsOf('scene').shown.every(({ theme }) => theme === 'scene')).toBe(true);
	expect(objectsOf('<script>')).toMatchObject({ theme: null, shown: objects });
	expect(sayWhen({ from: 'start', days: -90 })).toBe('3\u00a0mois avant le début');
	expect(sayWhen({ from: 'end', days: 21 })).toBe('3\u00a0semaines après la fin');
});

test('what is sent is read line by line: each mistake stands under its own field', () => {
	const wrong = takeForm.safeParse({ keep: ['a', 'b'], 'text-a': ' ', 'text-b': 'Oui.', 'day-b': '2027-02-31' });
	expect(wrong.error!.issues.map(({ path }) => path[0])).toEqual(['text-a', 'day-b']);
	expect(takeForm.safeParse({}).error!.issues[0]!.path).toEqual(['keep']);
	expect(takeForm.safeParse({ keep: ['../a'] }).success).toBe(false);
	const back = takeForm.safeParse({ keep: 'a', 'text-a': 'Un.', 'day-a': '2027-02-03', 'until-a': '2027-02-01' });
	expect(back.error!.issues[0]!.path).toEqual(['until-a']);
	expect(takeForm.parse({ keep: ['a', 'a'], 'text-a': 'Un.' }).lines).toHaveLength(1);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formIds, workingForms } from '#content/forms/forms.ts';
import { answersAs, answersIn, changedAnswers, questionIds, questions, readForm, unknown, type Answers } from './rules.ts';

/** What is stated of each real cooperation, and nothing more: the rest is not known. */
const action = { what: 'action' };
const associations = { who: 'associations' };
test.each<[number, string, Answers, string[]]>([
	[1, '50 civic-service volunteers shared by 50 associations', { what: 'means', ...associations }, ['pooling']],
	[6, '8 associations, 3 years in a former squat', { ...action, ...associations }, ['cooperation']],
	[8, 'writing workshops, about ten associations a year', { ...action, ...associations }, ['cooperation']],
	[9, 'ten leaders specify a software', { what: 'thinking' }, ['joint-reflection']],
	[10, 'a clip: one group raps, the other films', { ...action, work: 'part' }, ['collaboration', 'partnership']],
	[12, 'about twenty associations, solidarity days', { ...action, ...associations }, ['cooperation']],
	[14, 'an employee shared by two', { what: 'means' }, ['pooling']],
	[15, 'seven leaders work on collective governance', { what: 'thinking' }, ['joint-reflection']],
	[17, 'seven associations, theatre between generations', { ...action, ...associations }, ['cooperation']],
	[18, 'two associations, dance in prisons', { ...action, ...associations }, ['cooperation']],
	[19, 'about ten associations, sustainable development', { ...action, ...associations }, ['cooperation']],
	[21, 'an evening with two other associations and the town', { ...action, ...associations }, ['cooperation']],
	[25, 'payroll shared by 35 associations', { what: 'means', ...associations }, ['pooling']]
])('%i: %s', (_, __, facts, forms) => {
	expect(readForm(facts).forms).toEqual(forms);
	const toldNotKnown = Object.fromEntries(questionIds.map((question) => [question, facts[question] ?? unknown]));
	expect(readForm(toldNotKnown).forms).toEqual(forms);
});

/** Every combination of answers, « Nous ne savons pas encore » included. */
const everything = questions.reduce<Answers[]>(
	(all, { answers }, n) =>
		all.flatMap((so) => [...answers.map(({ id }) => id), unknown].map((answer) => ({ ...so, [questionIds[n]!]: answer }))),
	[{}]
);

test('five to seven questions, whose order is known', () => {
	expect(questions.map(({ id }) => id)).toEqual([...questionIds]);
	expect(questions.length).toBeGreaterThanOrEqual(5);
	expect(questions.length).toBeLessThanOrEqual(7);
});

test('every combination of answers has a reading, with its why, and never two readings', () => {
	expect(everything.length).toBeGreaterThan(3000);
	for (const answers of everything) {
		const reading = readForm(answers);
		expect(readForm({ ...answers })).toEqual(reading);
		expect(reading.forms.length).toBeLessThanOrEqual(2);
		expect(new Set(reading.forms).size).toBe(reading.forms.length);
		// Whatever is found has at least one answer that speaks for each form.
		for (const form of reading.forms)
			expect(
				reading.why.some(({ question, answer }) =>
					questions[questionIds.indexOf(question)]!.answers.find(({ id }) => id === answer)!.speaksFor.includes(form)
				),
				`${answersAs(answers)}: ${form}`
			).toBe(true);
		for (const { form, question, answer } of reading.whatWouldChangeIt) {
			expect(reading.forms).not.toContain(form);
			expect(readForm({ ...answers, [question]: answer }).forms).toContain(form);
		}
	}
});

test('when nothing is known it is too early, and every answer helps', () => {
	const nothing = readForm({});
	expect(nothing.forms).toEqual([]);
	expect(nothing.why).toEqual([]);
	expect(nothing.doubts.unknown).toEqual([...questionIds]);
	expect(nothing.whatWouldChangeIt.length).toBeGreaterThan(3);
});

test('every form can be found, and each has its words', () => {
	const found = new Set(everything.flatMap((answers) => readForm(answers).forms));
	expect([...found].toSorted()).toEqual([...formIds].toSorted());
	expect(workingForms.map(({ id }) => id)).toEqual([...formIds]);
});

test('pooling and cooperation lead to one another', () => {
	const pooled = readForm({ what: 'means', who: 'associations', work: 'built', steering: 'together' });
	expect(pooled.forms).toEqual(['pooling', 'cooperation']);
	expect(readForm({ what: 'means', who: 'associations' }).whatWouldChangeIt.map(({ form }) => form)).toContain('cooperation');
	expect(readForm({ what: 'action', who: 'associations' }).whatWouldChangeIt.map(({ form }) => form)).toContain('pooling');
});

test('answers travel in an address and come back; what is no answer is left out', () => {
	for (const answers of everything.slice(0, 500)) expect(answersIn(answersAs(answers))).toEqual(answers);
	fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => readForm(answersIn(text)).forms.length <= 2));
	expect(answersIn('action.<b>.several')).toEqual({ what: 'action', whose: 'several' });
});

test('what changed between two readings is told', () => {
	expect(changedAnswers({ what: 'action' }, { what: 'action', who: unknown })).toEqual([]);
	expect(changedAnswers({ what: 'action' }, { what: 'means', who: 'one' })).toEqual(['what', 'who']);
});

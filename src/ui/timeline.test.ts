import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawTimeline, fitted, textWidth, type Timeline, type TimelineText } from './timeline.ts';

const words = { today: 'aujourd’hui', locale: 'fr' };

const day = fc
	.date({ min: new Date('2026-01-01'), max: new Date('2028-06-30'), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 10));
const label = fc.string({ minLength: 1, maxLength: 90 });
const period = fc.tuple(day, day).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));
const timelines: fc.Arbitrary<Timeline> = fc.record({
	bars: fc.array(
		fc.tuple(period, label).map(([dates, text]) => ({ ...dates, label: text, step: 'plan' as const })),
		{ minLength: 1, maxLength: 12 }
	),
	milestones: fc.array(fc.record({ label, date: day }), { maxLength: 12 }),
	closed: fc.array(
		fc.tuple(period, label).map(([dates, text]) => ({ ...dates, label: text })),
		{ maxLength: 4 }
	),
	today: day
});

function box(text: TimelineText): { from: number; to: number; y: number } {
	const length = textWidth(text.text);
	return text.anchor === 'start'
		? { from: text.x, to: text.x + length, y: text.y }
		: { from: text.x - length, to: text.x, y: text.y };
}

function texts(picture: NonNullable<ReturnType<typeof drawTimeline>>): TimelineText[] {
	return [
		...picture.months.map((month) => month.label),
		...picture.bars.map((bar) => bar.label),
		...picture.milestones.map((milestone) => milestone.label),
		...picture.closed.map((grey) => grey.label),
		picture.today?.label
	].filter((text): text is TimelineText => Boolean(text?.text));
}

test('every text lies inside the picture, and none covers another', () => {
	fc.assert(
		fc.property(timelines, (timeline) => {
			const picture = drawTimeline(timeline, words)!;
			const boxes = texts(picture).map(box);
			for (const { from, to, y } of boxes) {
				expect(from).toBeGreaterThanOrEqual(0);
				expect(to).toBeLessThanOrEqual(picture.width);
				expect(y).toBeLessThanOrEqual(picture.height);
			}
			for (const [index, one] of boxes.entries())
				for (const other of boxes.slice(index + 1))
					if (Math.abs(one.y - other.y) < 15) expect(one.to <= other.from || other.to <= one.from).toBe(true);
		})
	);
});

test('no text lies on a bar that isn’t its own', () => {
	fc.assert(
		fc.property(timelines, (timeline) => {
			const picture = drawTimeline(timeline, words)!;
			const labels = [...picture.bars, ...picture.milestones].map((thing) => thing.label).filter((text) => text.text);
			for (const text of labels)
				for (const bar of picture.bars) {
					const { from, to, y } = box(text);
					const covers = y > bar.y && y < bar.y + 32 && from < bar.x + bar.width && to > bar.x;
					expect(covers && bar.label !== text).toBe(false);
				}
		})
	);
});

test('a longer time is a longer bar, and an earlier one begins further left', () => {
	const picture = drawTimeline(
		{
			bars: [
				{ label: 'A', from: '2027-01-04', to: '2027-01-31', step: 'plan' },
				{ label: 'B', from: '2027-03-01', to: '2027-05-31', step: 'evaluate' }
			]
		},
		words
	)!;
	expect(picture.bars[0]!.x).toBeLessThan(picture.bars[1]!.x);
	expect(picture.bars[0]!.width).toBeLessThan(picture.bars[1]!.width);
	expect(picture.months.map((month) => month.label?.text)).toEqual(['janv.\u00a02027', 'févr.', 'mars', 'avr.', 'mai']);
});

test('today is drawn only when it falls inside, and an empty timeline has no picture', () => {
	const bars = [{ label: 'A', from: '2027-01-04', to: '2027-01-31', step: 'plan' as const }];
	expect(drawTimeline({ bars, today: '2027-01-15' }, words)!.today).not.toBeNull();
	expect(drawTimeline({ bars, today: '2027-02-01' }, words)!.today).toBeNull();
	expect(drawTimeline({ bars: [] }, words)).toBeNull();
});

test('a text that is too long is cut with an ellipsis, and keeps its beginning', () => {
	expect(fitted('Représentations', 60)).toMatch(/^Repr.*…$/);
	expect(fitted('Bilan', 400)).toBe('Bilan');
	expect(fitted('Bilan', 3)).toBe('');
});

// A calendar picture, laid out on the server: months on top, bars and milestones in rows, closed periods behind, today.
// Every text lies inside the frame and covers no other: a row holds several things only where they all fit.
import { scaleUtc } from 'd3-scale';
import type { Step } from './paper.ts';

// Dates are plain days, '2027-01-19', both ends included.
export type TimelineBar = { label: string; from: string; to: string; step: Step };
export type TimelineMilestone = { label: string; date: string };
export type TimelineClosed = { label: string; from: string; to: string };
export type Timeline = {
	bars: readonly TimelineBar[];
	milestones?: readonly TimelineMilestone[];
	closed?: readonly TimelineClosed[];
	// drawn only when it falls inside the picture
	today?: string;
};

export type TimelineText = { x: number; y: number; text: string; anchor: 'start' | 'end' };
type Label = TimelineText & { inside: boolean };
export type TimelinePicture = {
	width: number;
	height: number;
	// the band between the months and the words at the foot
	top: number;
	bottom: number;
	months: { x: number; label: TimelineText | null }[];
	bars: { x: number; y: number; width: number; step: Step; label: Label }[];
	milestones: { x: number; y: number; label: Label }[];
	closed: { x: number; width: number; label: TimelineText | null }[];
	today: { x: number; label: TimelineText } | null;
};

const width = 760;
const margin = 12;
const top = 26;
const rowHeight = 40;
const barHeight = 32;
const footLine = 22;
const diamond = 9;
const gap = 14;

// An upper estimate of the width of a text at 15 px, from the bold letters of the text font; letters it lacks count for a whole square.
export function textWidth(text: string): number {
	let sum = 0;
	for (const letter of text) {
		if (/[ \u00a0.,:;’'|!()[\]fijlrtîïIÎÏ·-]/.test(letter)) sum += 6;
		else if (/[a-z?/àâäçéèêëôöùûüÿ«»]/.test(letter) && !/[mw]/.test(letter)) sum += 8.8;
		else if (/[A-Z0-9À-Ý€–#&…w+=]/.test(letter) && !/[MWÆ]/.test(letter)) sum += 11.3;
		else sum += 15.5;
	}
	return sum;
}

// The text cut where it no longer fits; the whole of it is in the table beside the picture.
export function fitted(text: string, room: number): string {
	if (textWidth(text) <= room) return text;
	const letters = [...text];
	while (letters.length > 0 && textWidth(`${letters.join('').trimEnd()}…`) > room) letters.pop();
	return letters.length > 0 ? `${letters.join('').trimEnd()}…` : '';
}

function day(date: string): Date {
	return new Date(`${date}T00:00:00Z`);
}

function nextDay(date: string): Date {
	return new Date(day(date).getTime() + 86_400_000);
}

type Placed = { from: number; to: number };

// Rows that fill from the top: a thing goes to the first row where nothing that it would cover stands.
function rows() {
	const taken: Placed[][] = [];
	return {
		place(from: number, to: number): number {
			let row = taken.findIndex((things) => things.every((thing) => to + gap <= thing.from || thing.to + gap <= from));
			if (row < 0) row = taken.push([]) - 1;
			taken[row]!.push({ from, to });
			return row;
		},
		get count() {
			return taken.length;
		}
	};
}

// Where a label goes beside a thing that spans [from, to]: at its right, else at its left, else cut on the wider side.
function beside(text: string, from: number, to: number, y: number): { label: Label; span: Placed } {
	const needed = textWidth(text);
	const right = width - margin - (to + 8);
	const left = from - 8 - margin;
	if (needed <= right || right >= left) {
		const cut = fitted(text, right);
		return { label: { x: to + 8, y, text: cut, anchor: 'start', inside: false }, span: { from, to: to + 8 + textWidth(cut) } };
	}
	const cut = fitted(text, left);
	return { label: { x: from - 8, y, text: cut, anchor: 'end', inside: false }, span: { from: from - 8 - textWidth(cut), to } };
}

// The picture of a timeline, or null when it holds no date at all. Months are named in `locale`.
export function drawTimeline(timeline: Timeline, words: { today: string; locale: string }): TimelinePicture | null {
	const milestones = timeline.milestones ?? [];
	const closed = timeline.closed ?? [];
	const dates = [
		...timeline.bars.flatMap((bar) => [bar.from, bar.to]),
		...milestones.map((milestone) => milestone.date),
		...closed.flatMap((period) => [period.from, period.to])
	].toSorted();
	if (dates.length === 0) return null;

	// whole months, so that the first and the last have their name
	const first = day(`${dates[0]!.slice(0, 7)}-01`);
	const last = day(dates.at(-1)!);
	const end = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth() + 1, 1));
	const scale = scaleUtc([first, end], [margin, width - margin]);
	const at = (date: Date) => Math.round(scale(date) * 10) / 10;

	// rows: what begins first stands first
	const lanes = rows();
	const things = [
		...timeline.bars.map((bar, index) => ({ kind: 'bar' as const, index, begin: bar.from })),
		...milestones.map((milestone, index) => ({ kind: 'milestone' as const, index, begin: milestone.date }))
	].toSorted((a, b) => (a.begin < b.begin ? -1 : a.begin > b.begin ? 1 : 0));
	const bars: TimelinePicture['bars'] = [];
	const diamonds: TimelinePicture['milestones'] = [];
	for (const thing of things) {
		if (thing.kind === 'bar') {
			const bar = timeline.bars[thing.index]!;
			const x = at(day(bar.from));
			const length = Math.max(6, at(nextDay(bar.to < bar.from ? bar.from : bar.to)) - x);
			const fits = textWidth(bar.label) + 20 <= length;
			const outside = beside(bar.label, x, x + length, 0);
			const span = fits ? { from: x, to: x + length } : outside.span;
			const y = top + 10 + lanes.place(span.from, span.to) * rowHeight;
			const label: Label = fits ? { x: x + 10, y: 0, text: bar.label, anchor: 'start', inside: true } : outside.label;
			bars.push({ x, y, width: length, step: bar.step, label: { ...label, y: y + 21 } });
		} else {
			const milestone = milestones[thing.index]!;
			const x = Math.min(Math.max(at(day(milestone.date)), margin + diamond), width - margin - diamond);
			const { label, span } = beside(milestone.label, x - diamond, x + diamond, 0);
			const y = top + 10 + lanes.place(span.from, span.to) * rowHeight + barHeight / 2;
			diamonds.push({ x, y, label: { ...label, y: y + 5 } });
		}
	}

	// the foot: today and the names of closed periods, each on the first line where it covers nothing
	const bottom = top + 10 + Math.max(1, lanes.count) * rowHeight;
	const feet = rows();
	const foot = (text: string, x: number): TimelineText => {
		const shown = fitted(text, width - 2 * margin);
		const begin = Math.max(margin, Math.min(x, width - margin - textWidth(shown)));
		const line = feet.place(begin, begin + textWidth(shown));
		return { x: Math.round(begin * 10) / 10, y: bottom + 16 + line * footLine, text: shown, anchor: 'start' };
	};
	const now = timeline.today ? day(timeline.today) : null;
	const today = now && now >= first && now < end ? { x: at(now), label: foot(words.today, at(now)) } : null;
	const grey = closed.map((period) => {
		const x = at(day(period.from));
		return {
			x,
			width: Math.max(3, at(nextDay(period.to < period.from ? period.from : period.to)) - x),
			label: foot(period.label, x)
		};
	});

	// months: as many names as the width allows, the year beside the first one and beside each January
	const monthName = new Intl.DateTimeFormat(words.locale, { month: 'short', timeZone: 'UTC' });
	const months: TimelinePicture['months'] = [];
	let free = 0;
	for (let month = first; month < end; month = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 1))) {
		const x = at(month);
		const year = month === first || month.getUTCMonth() === 0 ? `\u00a0${month.getUTCFullYear()}` : '';
		const text = monthName.format(month) + year;
		const shown = x + 6 >= free && x + 6 + textWidth(text) <= width;
		if (shown) free = x + 6 + textWidth(text) + 6;
		months.push({ x, label: shown ? { x: x + 6, y: 18, text, anchor: 'start' } : null });
	}

	const height = bottom + Math.max(1, feet.count) * footLine;
	return { width, height, top, bottom, months, bars, milestones: diamonds, closed: grey, today };
}

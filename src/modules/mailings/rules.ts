import { Refused } from '#platform/errors.ts';

export const kinds = ['greeting', 'invitation', 'refresh'] as const;
export type Kind = (typeof kinds)[number];

export const answers = ['confirmed', 'corrected', 'coming', 'not_coming'] as const;
export type Answer = (typeof answers)[number];

/** To how many at once. */
export const mostRecipients = 300;

const day = 86_400_000;

/** Nobody is asked about their facts, or reminded, twice within this time. */
export const restsFor = 30 * day;

/** Facts are asked for once a year; those that were confirmed within this time are not proposed. */
export const freshFor = 330 * day;

/** Those to whom it goes, each once; at least one, and not the one that writes. */
export function recipients(chosen: string[], sender: string): string[] {
	const to = [...new Set(chosen)].filter((id) => id !== sender);
	if (!to.length) throw new Refused('mailings.nobody', {}, 'to');
	if (to.length > mostRecipients) throw new Refused('forms.too-many', { max: mostRecipients }, 'to');
	return to;
}

/** A reminder goes once, by mail, to whoever has not answered, and never within a month of the letter. */
export const remindable = (
	recipient: { way: string; mailedAt: Date | null; remindedAt: Date | null; answeredAt: Date | null },
	now: Date
): boolean =>
	recipient.way === 'mail' &&
	recipient.mailedAt !== null &&
	recipient.answeredAt === null &&
	recipient.remindedAt === null &&
	now.getTime() - recipient.mailedAt.getTime() >= restsFor;

/** A sheet of labels on A4, in millimetres: how many, how large, where the first stands and how far the next is. */
export type LabelSheet = {
	columns: number;
	rows: number;
	width: number;
	height: number;
	left: number;
	top: number;
	across: number;
	down: number;
};

export const labelFormats = ['70x37', '64x38', '99x38'] as const;
export type LabelFormat = (typeof labelFormats)[number];

/** The sheets that every stationer sells: 24 labels of 70 × 37 mm without margin, 21 of 63.5 × 38.1 mm, 14 of 99.1 × 38.1 mm. */
export const labelSheets: Record<LabelFormat, LabelSheet> = {
	'70x37': { columns: 3, rows: 8, width: 70, height: 37, left: 0, top: 0.5, across: 70, down: 37 },
	'64x38': { columns: 3, rows: 7, width: 63.5, height: 38.1, left: 7.21, top: 15.15, across: 66.04, down: 38.1 },
	'99x38': { columns: 2, rows: 7, width: 99.1, height: 38.1, left: 4.65, top: 15.15, across: 101.6, down: 38.1 }
};

/** Where each label is printed, when the first `start - 1` of the first sheet were used before. */
export function labelPlaces(count: number, format: LabelFormat, start: number): { page: number; x: number; y: number }[] {
	const sheet = labelSheets[format];
	const onAPage = sheet.columns * sheet.rows;
	const first = Math.min(Math.max(1, Math.floor(start) || 1), onAPage) - 1;
	return Array.from({ length: count }, (_, i) => {
		const at = (first + i) % onAPage;
		return {
			page: Math.floor((first + i) / onAPage),
			x: sheet.left + (at % sheet.columns) * sheet.across,
			y: sheet.top + Math.floor(at / sheet.columns) * sheet.down
		};
	});
}

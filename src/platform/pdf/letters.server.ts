import { m } from '#words';
import { longDay } from '../clock.ts';
import { typeset } from './pdf.server.ts';

/** A letter for whoever has no e-mail, with what comes back at its foot. */
export type Letter = {
	/** Who writes, and how to reach them: a line each. */
	from: string[];
	/** The address, a line each; an empty line is left to the pen. */
	to: string[];
	subject: string;
	paragraphs: string[];
	facts: [label: string, value: string][];
	/** What a list of things is called, and the things. */
	list?: { title: string; items: string[] };
	slip: Slip;
};

/** What is cut off, filled in by pen, and handed back: choices to tick, or a table of them, and lines to write on. */
export type Slip = {
	title: string;
	choices?: string[];
	table?: { header: string[]; rows: string[] };
	blanks?: string[];
	/** To whom it goes back, and who can be called instead. */
	to: string;
	phone: string | null;
};

/** Letters that are printed together; `day` is the one that each bears. */
export type Letters = { letters: Letter[]; title: string; issuer: string; date: Date; day: string };

/** One file, each letter on its own page, addressed for an envelope with a window. */
export async function printLetters({ letters, title, issuer, date, day }: Letters): Promise<Uint8Array> {
	const { pdf } = await typeset(
		'src/platform/pdf/letter.typ',
		{
			title,
			issuer,
			letters: letters.map(({ list, slip, ...letter }) => ({
				...letter,
				dated: m.pdf_letter_on({ day: longDay(day, '0000-01-01') }),
				greeting: m.pdf_letter_greeting(),
				closing: m.pdf_letter_closing(),
				list: list?.title ?? '',
				items: list?.items ?? [],
				slip: {
					title: slip.title,
					choices: slip.choices ?? [],
					header: slip.table?.header ?? [],
					rows: slip.table?.rows ?? [],
					blanks: [...(slip.blanks ?? []), m.pdf_letter_who(), m.pdf_letter_signed()],
					back: [m.pdf_letter_back({ name: slip.to }), ...(slip.phone ? [m.pdf_letter_call({ number: slip.phone })] : [])].join(
						' '
					)
				}
			}))
		},
		{ date }
	);
	return pdf;
}

import { z } from 'zod';
import { m } from '#words';
import { isDay } from './clock.ts';
import { parseMoney } from './money.ts';

// What people type, as schemas: every form of the product is made of these. Messages are functions, so that they speak the
// reader's language. A browser sends '' for what was left empty.

const tidy = (text: string): string =>
	text
		.normalize('NFC')
		.replace(/\r\n?/g, '\n')
		// eslint-disable-next-line no-control-regex -- a NUL would be refused by PostgreSQL, the others by readers
		.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
		.trim();

/** Letters of another encoding than ours arrive as this sign, and what they were is lost: better ask again than keep it. */
const readable = (value: string): boolean => !value.includes('\ufffd');

/** Which page of a list an address asks for: the first where it says none, the last that is shown where it asks for more. */
export const pageIn = (search: URLSearchParams, most = 1000, name = 'page'): number =>
	Math.min(most, Math.max(1, Math.trunc(Number(search.get(name))) || 1));

/** A sentence that must be there. `missing` says what to write. */
export const text = (missing: () => string, max = 500) =>
	z
		.string({ error: missing })
		.transform(tidy)
		.pipe(
			z
				.string()
				.min(1, { error: missing })
				.max(max, { error: () => m.forms_too_long({ max }) })
				.refine(readable, { error: () => m.forms_unreadable() })
		);

/** A sentence that may be left out: null then. */
export const optionalText = (max = 500) =>
	z
		.string()
		.optional()
		.transform((value) => tidy(value ?? '') || null)
		.pipe(
			z
				.string()
				.max(max, { error: () => m.forms_too_long({ max }) })
				.refine(readable, { error: () => m.forms_unreadable() })
				.nullable()
		);

const realDay = (value: string): boolean => isDay(value) && value >= '1900' && value < '2101';

/** A day, `YYYY-MM-DD`, between 1900 and 2100. */
export const day = (missing: () => string = m.forms_day_missing) =>
	z
		.string({ error: missing })
		.trim()
		.min(1, { error: missing })
		.refine(realDay, { error: () => m.forms_day_unreal() });

export const optionalDay = () =>
	z
		.string()
		.optional()
		.transform((value) => (value ?? '').trim() || null)
		.pipe(
			z
				.string()
				.refine(realDay, { error: () => m.forms_day_unreal() })
				.nullable()
		);

/** A time of the day, `HH:MM`. Browsers may send seconds. */
export const time = (missing: () => string = m.forms_time_missing) =>
	z
		.string({ error: missing })
		.trim()
		.min(1, { error: missing })
		.transform((value) => value.slice(0, 5))
		.pipe(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: () => m.forms_time_unreal() }));

/** Whole number in a range; null when left empty. */
export const optionalCount = (max: number) =>
	z
		.string()
		.optional()
		.transform((value) => (value ?? '').replace(/[\s\u00a0\u202f]/g, '') || null)
		.pipe(
			z
				.string()
				.regex(/^\d{1,9}$/, { error: () => m.forms_count_unreal() })
				.transform(Number)
				.pipe(z.number().max(max, { error: () => m.forms_count_too_big({ max }) }))
				.nullable()
		);

/** Euros and cents as people write them, in cents; null when left empty. */
export const optionalMoney = () =>
	z
		.string()
		.optional()
		.transform((value, issues) => {
			const typed = (value ?? '').trim();
			if (!typed) return null;
			const cents = parseMoney(typed);
			if (cents === null || cents > 1e13) {
				issues.addIssue({ code: 'custom', message: m.forms_money_unreal() });
				return z.NEVER;
			}
			return cents;
		});

/** A decimal number as people write it, kept exactly, with a point; null when left empty. */
export const optionalQuantity = () =>
	z
		.string()
		.optional()
		.transform((value) => (value ?? '').replace(/[\s\u00a0\u202f]/g, '').replace(',', '.') || null)
		.pipe(
			z
				.string()
				.regex(/^\d{1,12}(\.\d{1,6})?$/, { error: () => m.forms_number_unreal() })
				.nullable()
		);

/** An e-mail address. */
export const email = (missing: () => string = m.forms_email_missing) =>
	z
		.string({ error: missing })
		.trim()
		.toLowerCase()
		.min(1, { error: missing })
		.max(254, { error: () => m.forms_email_unreal() })
		.pipe(z.email({ error: () => m.forms_email_unreal() }));

export const optionalEmail = () =>
	z
		.string()
		.optional()
		.transform((value) => (value ?? '').trim().toLowerCase() || null)
		.pipe(
			z
				.email({ error: () => m.forms_email_unreal() })
				.max(254)
				.nullable()
		);

/** An identifier that the page gave; a forged one gets a plain sentence. */
export const id = () => z.uuid({ error: () => m.forms_id_unreal() });
export const optionalId = () =>
	z
		.string()
		.optional()
		.transform((value) => value || null)
		.pipe(z.uuid({ error: () => m.forms_id_unreal() }).nullable());

/** One of a few words that the page offers. */
export const oneOf = <const T extends readonly [string, ...string[]]>(
	choices: T,
	missing: () => string = m.forms_choice_missing
) => z.enum(choices, { error: missing });

export const optionalOneOf = <const T extends readonly [string, ...string[]]>(choices: T) =>
	z
		.string()
		.optional()
		.transform((value) => value || null)
		.pipe(z.enum(choices, { error: () => m.forms_choice_missing() }).nullable());

/** A box that is ticked or not. */
export const ticked = () =>
	z
		.string()
		.optional()
		.transform((value) => value !== undefined && value !== '');

/** A field that may be sent several times, or not at all. */
export const several = <T extends z.ZodType>(one: T, max = 200) =>
	z.preprocess(
		(value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
		z.array(one).max(max, { error: () => m.forms_too_many({ max }) })
	);

/** Words separated by commas or new lines; each once. */
export const words = (max = 30) =>
	z
		.string()
		.optional()
		.transform((value) => [
			...new Set(
				(value ?? '')
					.split(/[,;\n]/)
					.map(tidy)
					.filter(Boolean)
			)
		])
		.pipe(
			z
				.array(z.string().max(120, { error: () => m.forms_too_long({ max: 120 }) }))
				.max(max, { error: () => m.forms_too_many({ max }) })
		);

/** A file that must be chosen. What it truly is, `keepFile` looks at. */
export const attached = (missing: () => string) =>
	z.instanceof(File, { error: missing }).refine((file) => file.name !== '' || file.size > 0, { error: missing });

/** A file that may be chosen; null when none was. */
export const optionalAttached = () =>
	z
		.instanceof(File)
		.optional()
		.transform((file) => (file && (file.name !== '' || file.size > 0) ? file : null));

export { z };

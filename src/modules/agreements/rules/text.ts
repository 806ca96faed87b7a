import { conditions, markers } from '#content/agreement/markers.ts';
import { placeholders, type Placeholder, type PlaceholderShape } from '#content/agreement/placeholders.ts';
import type { Paragraph, When } from '#content/agreement/clause.ts';

// The text of an article as people edit it: paragraphs with an empty line between them; what stands in braces is filled in from
// the lines for as long as the text is not frozen. A list or a table stands alone on the last line of its paragraph.

const names = Object.entries(markers) as [Placeholder, string][];
const plain = (text: string): string => text.normalize('NFC').trim().replace(/\s+/g, ' ').replaceAll("'", '’').toLowerCase();
const known = new Map(names.map(([placeholder, name]) => [plain(name), placeholder]));

export const shapeOf = (placeholder: Placeholder): PlaceholderShape => placeholders[placeholder].shape;
export const markerOf = (placeholder: Placeholder): string => `{${markers[placeholder]}}`;
const inBraces = /\{([^{}\n]{1,60})\}/g;

/** The paragraphs of a library article, as the text that people edit. */
export const written = (paragraphs: readonly Paragraph[]): string =>
	paragraphs
		.map((paragraph) => {
			const { when } = paragraph;
			const condition = !when
				? ''
				: 'filled' in when
					? `{${conditions.filled} : ${markers[when.filled]}}\n`
					: `{${conditions.empty} : ${markers[when.empty]}}\n`;
			const sentence = 'text' in paragraph ? paragraph.text : paragraph.intro;
			const last = 'list' in paragraph ? paragraph.list : 'table' in paragraph ? paragraph.table : null;
			const words = sentence.replace(/\{([a-z.]+)\}/g, (as, name: string) =>
				name in markers ? markerOf(name as Placeholder) : as
			);
			return `${condition}${words}${last ? `\n${markerOf(last)}` : ''}`;
		})
		.join('\n\n');

/** One paragraph of an edited text. `words` still hold their markers; `last` is the list or the table that ends it. */
export type Part = { words: string; last: Placeholder | null; when: When | null };

/** Reads an edited text. What is in braces and is no marker is text like any other. */
export function parts(text: string): Part[] {
	return text
		.replace(/\r\n?/g, '\n')
		.split(/\n[ \t\u00a0]*\n\s*/)
		.map((paragraph) => paragraph.trim())
		.filter(Boolean)
		.flatMap((paragraph) => {
			const lines = paragraph.split('\n').map((line) => line.trim());
			const when = conditionIn(lines[0]!);
			if (when) lines.shift();
			const found: Part[] = [];
			let words: string[] = [];
			for (const line of lines) {
				const alone = /^\{([^{}]+)\}$/.exec(line);
				const placeholder = alone ? known.get(plain(alone[1]!)) : undefined;
				if (placeholder && shapeOf(placeholder) !== 'words') {
					found.push({ words: words.join('\n'), last: placeholder, when });
					words = [];
				} else words.push(line);
			}
			if (words.length) found.push({ words: words.join('\n'), last: null, when });
			return found;
		});
}

function conditionIn(line: string): When | null {
	const [, kind, name] = /^\{\s*(si|sans)\s*:\s*([^{}]+)\}$/i.exec(line.normalize('NFC')) ?? [];
	const placeholder = name === undefined ? undefined : known.get(plain(name));
	if (!placeholder) return null;
	return kind!.toLowerCase() === conditions.filled ? { filled: placeholder } : { empty: placeholder };
}

/** Fills the words of a sentence in one pass: what comes in is never read as a marker again. Room for the pen where nothing is known. */
export const filledIn = (words: string, value: (placeholder: Placeholder) => string | null): string =>
	words.replace(inBraces, (as, name: string) => {
		const placeholder = known.get(plain(name));
		return placeholder && shapeOf(placeholder) === 'words' ? (value(placeholder) ?? '…………') : as;
	});

/** What looks like a marker and is none, or does not stand where it would be filled in: printed as it is, and said to whoever writes. */
export function unknownMarkers(text: string): string[] {
	const odd = new Set<string>();
	for (const { words } of parts(text))
		for (const [whole, name] of words.matchAll(inBraces)) {
			const placeholder = known.get(plain(name!));
			if (!placeholder || shapeOf(placeholder) !== 'words') odd.add(whole);
		}
	return [...odd];
}

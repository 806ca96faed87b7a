const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const choice = /^[a-z]+([._-][a-z]+)*$/;

/** What somebody wrote in a form, as far as words go: not the ids of the page, nor what they chose, unless there is nothing else. */
export function wordsOf(fields: readonly (readonly [name: string, values: readonly string[]])[]): string[] {
	const said = fields.flatMap(([, values]) => values).filter((value) => value.trim().length > 1 && !id.test(value));
	const written = said.filter((value) => !choice.test(value));
	return written.length ? written : said;
}

/** The page on which a form stands, from the address that it is sent to. */
export function pageOf(address: string): string {
	const [path, query = ''] = address.split('?', 2) as [string, string?];
	const asked = query.split('&').filter((one) => one && !one.startsWith('/'));
	return asked.length ? `${path}?${asked.join('&')}` : path;
}

const day = 86_400_000;

/** How long what was typed waits: a day for whoever must sign in again, three months when it was kept on purpose. */
export const lasts = { lost: day, kept: 90 * day } as const;

/** Longer than any form of the product; what is longer is not kept. */
export const largest = 64_000;

/** How many drafts one person keeps, and how many wait for somebody to sign in again: a flood of them changes nothing else. */
export const mostKept = 50;
export const mostWaiting = 1000;

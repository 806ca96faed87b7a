/** One partner, and how often it is seen. */
export type Seen = {
	organisationId: string;
	name: string;
	/** Whether the list of partners of the page names it. */
	listed: boolean;
	/** How often the texts of the page name it. */
	written: number;
	/** How many of the lines that the page shows are its own. */
	lines: number;
	/** How often it was first among the partners of a page that was public. */
	first: number;
	/** How often it was first among the parties of an agreement. */
	firstParty: number;
};

export type Row = Seen & { total: number; share: number };

const plain = (text: string): string =>
	` ${text
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter(Boolean)
		.join(' ')} `;

/** How often a text names somebody, whatever the accents, the case and the apostrophes. */
export function timesNamed(text: string, name: string): number {
	const [sought, inText] = [plain(name), plain(text)];
	if (!sought.trim()) return 0;
	let times = 0;
	// the space that ends one name may begin the next
	for (let at = inText.indexOf(sought); at >= 0; at = inText.indexOf(sought, at + sought.length - 1)) times += 1;
	return times;
}

/** How much each partner is seen, in the order given; `share` is beside whoever is seen most, from 0 to 1. */
export function balanceOf(partners: readonly Seen[]): Row[] {
	const rows = partners.map((one) => ({
		...one,
		total: Number(one.listed) + one.written + one.lines + one.first + one.firstParty
	}));
	const most = Math.max(1, ...rows.map(({ total }) => total));
	return rows.map((one) => ({ ...one, share: one.total / most }));
}

/** What stands out: those named nowhere, those who are only in the list while others are named, whoever is far ahead. */
export function standsOut(rows: readonly Row[]): { nowhere: string[]; onlyListed: string[]; ahead: string | null } {
	const names = (chosen: readonly Row[]) => chosen.map(({ name }) => name);
	const beyond = ({ total, listed }: Row) => total - Number(listed);
	const nowhere = rows.filter(({ total }) => total === 0);
	const onlyListed = rows.filter((one) => one.listed && beyond(one) === 0);
	const sorted = rows.toSorted((a, b) => b.total - a.total);
	const [most, second] = sorted;
	const far = most && second && most.total >= 4 && most.total >= 2 * second.total ? most.name : null;
	return { nowhere: names(nowhere), onlyListed: onlyListed.length < rows.length ? names(onlyListed) : [], ahead: far };
}

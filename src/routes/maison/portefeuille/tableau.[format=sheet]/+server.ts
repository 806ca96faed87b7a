import { findPortfolio } from '#modules/accompaniment/portfolio/queries.server.ts';
import { filtered, shownBy } from '#modules/accompaniment/portfolio/rules.ts';
import { sheet } from '#modules/accompaniment/portfolio/views/says.ts';
import { endpoint } from '#platform/http.server.ts';
import { address } from '#platform/running.server.ts';
import { sendTable, type Format } from '#platform/spreadsheet.ts';

/** The portfolio as a table for a spreadsheet: what the page shows, the same filters, the same order. */
export const GET = endpoint('signed in', async (context, { format }: { format: Format }, { url }) => {
	const { entries, today } = await findPortfolio(context);
	return sendTable(sheet(filtered(entries, shownBy(url.searchParams), today).rows, address), format, `portefeuille-${today}`);
});

import { findPortfolio } from '#modules/accompaniment/portfolio/queries.server.ts';
import { filtered, shownBy } from '#modules/accompaniment/portfolio/rules.ts';
import { sheet } from '#modules/accompaniment/portfolio/views/says.ts';
import { csv } from '#platform/csv.ts';
import { endpoint } from '#platform/http.server.ts';
import { address } from '#platform/running.server.ts';

export const GET = endpoint('signed in', async (context, _, { url }) => {
	const { entries, today } = await findPortfolio(context);
	return new Response(csv(sheet(filtered(entries, shownBy(url.searchParams), today).rows, address)), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="portefeuille-${today}.csv"`,
			'x-content-type-options': 'nosniff'
		}
	});
});

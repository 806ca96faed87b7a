import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { listIndicators } from '#modules/evaluations/indicators/queries.server.ts';
import { plainQuantity } from '#modules/lines/rules/budget.ts';
import { csv } from '#platform/csv.ts';
import { endpoint } from '#platform/http.server.ts';
import { slug } from '#platform/ids.ts';
import { m } from '#words';

const number = (quantity: string | null): string => (quantity === null ? '' : plainQuantity(quantity).replace('.', ','));

/** Every measure as a table for a spreadsheet: what was noted, and what sessions gave. */
export const GET = endpoint('signed in', async (context, { cooperation: address }: { cooperation: string }) => {
	const cooperation = await findCooperation(context, address);
	const rows = (await listIndicators(context, cooperation)).flatMap(({ line, points, reading }) =>
		points.map((point) => [
			line.text,
			number(line.quantity),
			line.unit ?? '',
			point.day,
			point.organisation,
			number(point.quantity),
			point.words ?? '',
			reading.source === 'hand' ? m.evaluations_indicator_from_hand() : m.evaluations_indicator_from_session()
		])
	);
	const heads = [
		m.evaluations_indicator_title(),
		m.evaluations_indicator_col_target(),
		m.evaluations_indicator_col_unit(),
		m.evaluations_indicator_col_day(),
		m.evaluations_indicator_col_who(),
		m.evaluations_indicator_col_number(),
		m.evaluations_indicator_col_words(),
		m.evaluations_indicator_col_source()
	];
	return new Response(csv([heads, ...rows]), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="releves-${slug(cooperation.name)}.csv"`,
			'cache-control': 'private, no-store'
		}
	});
});

import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { listIndicators } from '#modules/evaluations/indicators/queries.server.ts';
import { endpoint } from '#platform/http.server.ts';
import { slug } from '#platform/ids.ts';
import { quantity, sendTable, type Cell, type Format } from '#platform/spreadsheet.ts';
import { m } from '#words';

/** Every measure as a table for a spreadsheet: what was noted, and what sessions gave. */
export const GET = endpoint(
	'signed in',
	async (context, { cooperation: address, format }: { cooperation: string; format: Format }) => {
		const cooperation = await findCooperation(context, address);
		const rows = (await listIndicators(context, cooperation)).flatMap(({ line, points, reading }) =>
			points.map((point): Cell[] => [
				line.text,
				quantity(line.quantity),
				line.unit,
				{ day: point.day },
				point.organisation,
				quantity(point.quantity),
				point.words,
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
		return sendTable({ name: m.evaluations_indicator_export(), heads, rows }, format, `releves-${slug(cooperation.name)}`);
	}
);

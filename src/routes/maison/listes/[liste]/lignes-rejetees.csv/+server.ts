import { findImport, listRejectedLines } from '#modules/organisations/imports/queries.server.ts';
import { endpoint } from '#platform/http.server.ts';
import { word } from '#platform/say.ts';
import { sendTable } from '#platform/spreadsheet.ts';
import { m } from '#words';

export const GET = endpoint('signed in', async (context, { liste }: { liste: string }) => {
	const list = await findImport(context, liste);
	const lines = await listRejectedLines(context, list.id);
	const width = lines.reduce((most, { raw }) => Math.max(most, raw.length), list.understood?.columns.length ?? 0);
	const heads = Array.from(
		{ length: width },
		(_, place) => list.understood?.columns[place]?.header || m.hubs_list_column_nameless({ n: place + 1 })
	);
	const table = {
		name: list.title,
		heads: [m.hubs_list_rejected_line(), m.hubs_list_rejected_reason(), ...heads],
		rows: lines.map(({ line, code, details, raw }) => [line, word(code, details), ...heads.map((_, place) => raw[place] ?? '')])
	};
	return sendTable(table, 'csv', 'lignes-rejetees');
});

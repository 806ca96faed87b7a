import { findImport, listReport } from '#modules/organisations/imports/queries.server.ts';
import { remarkText } from '#modules/organisations/imports/rules/remarks.ts';
import { endpoint } from '#platform/http.server.ts';
import { word } from '#platform/say.ts';
import { sendTable } from '#platform/spreadsheet.ts';
import { m } from '#words';

export const GET = endpoint('signed in', async (context, { liste }: { liste: string }) => {
	const list = await findImport(context, liste);
	const { rows, rejections } = await listReport(context, list.id);
	const lines = [
		...rows.map(({ name, lines, outcome, became, told }) => [
			lines.join(', '),
			became ?? name,
			outcome ? word(`hubs_list_becomes_${outcome}`) : m.hubs_list_report_waiting(),
			told.map((remark) => m.hubs_list_remark({ line: remark.line, text: remarkText(remark) })).join(' ')
		]),
		...rejections.map(({ line, code, details, raw }) => [
			String(line),
			raw.filter(Boolean).join(' · '),
			m.hubs_list_report_came_back(),
			word(code, details)
		])
	];
	const heads = [m.hubs_list_report_line(), m.hubs_list_report_name(), m.hubs_list_report_result(), m.hubs_list_report_remarks()];
	return sendTable({ name: list.title, heads, rows: lines }, 'csv', 'rapport');
});

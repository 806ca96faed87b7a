import { m } from '#words';
import { word } from '#platform/say.ts';
import type { Remark } from './row.ts';

/** What a remark on a line says; one on a number names the column and what was written there, which its reason alone doesn't. */
export function remarkText({ code, details }: Remark): string {
	const reason = word(code, details);
	const { column, value } = details;
	if (!code.startsWith('organisations.identifier-') || value === undefined) return reason;
	return column
		? m.organisations_import_number_of({ column, value, reason })
		: m.organisations_import_number_alone({ value, reason });
}

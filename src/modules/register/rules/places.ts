import { text, word } from './cells.ts';

/** A commune of today by a code of any time, with its department and, for an arrondissement, its city. */
export type Town = { code: string; label: string; department: string; parent: string | null };
export type Towns = (code: string) => Town | null;

/** The department of a postcode, where no commune is known. */
const departmentOf = (postcode: string | null): string => {
	if (!postcode || !/^\d{5}$/.test(postcode)) return '';
	if (/^9[78]/.test(postcode)) return postcode.slice(0, 3);
	if (/^20[01]/.test(postcode)) return '2A';
	return postcode.startsWith('20') ? '2B' : postcode.slice(0, 2);
};

/** Where a body is: its commune as it is today, its department, and the communes under which it is asked for. */
export function place(
	towns: Towns,
	{ code, name, postcode }: { code: string | undefined; name: string | undefined; postcode: string | undefined }
) {
	const town = code?.trim() ? towns(code.trim()) : null;
	const zip = word(postcode, 10);
	return {
		columns: { commune_code: town?.code ?? null, commune_name: town?.label ?? text(name, 100), postcode: zip },
		department: town?.department ?? departmentOf(zip),
		communes: town ? [town.code, ...(town.parent ? [town.parent] : [])] : []
	};
}

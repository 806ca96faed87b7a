/** What XML can't hold is left out; what it reserves is written otherwise. */
export const escapeXml = (text: string): string =>
	text
		.toWellFormed()
		// eslint-disable-next-line no-control-regex -- XML 1.0 has no way to write these
		.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;');

/** Data for machines inside a page: no text can close the element that holds it. */
export const jsonInPage = (data: object): string =>
	JSON.stringify(data)
		.replace(/</g, '\\u003c')
		.replace(/\u2028/g, '\\u2028')
		.replace(/\u2029/g, '\\u2029');

export type Entry = { id: string; title: string; address: string; updated: Date; summary: string; authors: string[] };

/** A feed of what became public (RFC 4287). */
export function atom({
	title,
	self,
	page,
	updated,
	entries
}: {
	title: string;
	self: string;
	page: string;
	updated: Date;
	entries: readonly Entry[];
}): string {
	const one = (entry: Entry): string =>
		[
			'<entry>',
			`<id>urn:uuid:${escapeXml(entry.id)}</id>`,
			`<title>${escapeXml(entry.title)}</title>`,
			`<link rel="alternate" type="text/html" href="${escapeXml(entry.address)}"/>`,
			`<updated>${entry.updated.toISOString()}</updated>`,
			...entry.authors.map((name) => `<author><name>${escapeXml(name)}</name></author>`),
			`<summary>${escapeXml(entry.summary)}</summary>`,
			'</entry>'
		].join('\n');
	return [
		'<?xml version="1.0" encoding="utf-8"?>',
		'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">',
		`<id>${escapeXml(page)}</id>`,
		`<title>${escapeXml(title)}</title>`,
		`<author><name>${escapeXml(title)}</name></author>`,
		`<link rel="self" type="application/atom+xml" href="${escapeXml(self)}"/>`,
		`<link rel="alternate" type="text/html" href="${escapeXml(page)}"/>`,
		`<updated>${updated.toISOString()}</updated>`,
		...entries.map(one),
		'</feed>\n'
	].join('\n');
}

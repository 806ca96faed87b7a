import { m } from '#words';

/** What a page says when it cannot be one of ours: what happened, what to do next, where to go. */
export type PlainWords = { title: string; advice: string; ways?: { label: string; path: string }[] };

const escaped = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const style =
	':root{color-scheme:light dark}body{max-inline-size:40rem;margin:3rem auto;padding-inline:1rem;font:1.125rem/1.5 system-ui,sans-serif}' +
	'h1{line-height:1.15}a{color:inherit;display:inline-block;padding-block:.6rem}';

/** A whole page of its own, light, without script or other file: for where the pages of the house cannot answer. */
export function plainPage({ title, advice, ways = [] }: PlainWords): string {
	const links = [...ways, { label: m.shell_home(), path: '/' }, { label: m.shell_ask_help(), path: '/aide' }];
	return [
		'<!doctype html><html lang="fr"><head><meta charset="utf-8">',
		'<meta name="viewport" content="width=device-width, initial-scale=1">',
		`<title>${escaped(m.shell_page_title({ title }))}</title><style>${style}</style></head>`,
		`<body><main><h1>${escaped(title)}</h1><p>${escaped(advice)}</p><ul>`,
		...links.map(({ label, path }) => `<li><a href="${escaped(path)}">${escaped(label)}</a></li>`),
		'</ul></main></body></html>'
	].join('');
}

/** The same for a program that asked, or for a terminal: sentences, one after the other. */
const plainText = ({ title, advice }: PlainWords): string => `${title}\n${advice}\n`;

/** A page for whoever reads pages, sentences for anything else, such as a calendar that comes back by itself. */
export function answerInWords(request: Request, status: number, words: PlainWords): Response {
	const page = request.headers.get('accept')?.includes('text/html') ?? false;
	return new Response(page ? plainPage(words) : plainText(words), {
		status,
		headers: { 'content-type': `text/${page ? 'html' : 'plain'}; charset=utf-8`, 'cache-control': 'no-store', vary: 'accept' }
	});
}

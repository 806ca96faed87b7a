// One column, no image, styles inline (most mail clients drop the others), system fonts; dark colours where they are asked for.

export type Passage = string | { text: string; url: string };
export type Letter = {
	/** who writes: the hub's sender name, else the product's */
	sender: string;
	title: string;
	paragraphs: string[];
	lists?: { title?: string; items: Passage[] }[];
	buttons?: { label: string; url: string }[];
	/** why one receives this, and how to stop it */
	foot?: Passage[];
};

const FONT = "font-family:'Atkinson Hyperlegible Next',Verdana,Arial,sans-serif";

function clean(text: string): string {
	// oxlint-disable-next-line no-control-regex
	return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f]|\p{Surrogate}/gu, '');
}

function escape(text: string): string {
	return clean(text)
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#39;');
}

function address(url: string): string {
	const { protocol, href } = new URL(url);
	if (!['https:', 'http:', 'mailto:'].includes(protocol)) throw new TypeError(`not an address for a letter: ${url}`);
	return href;
}

const lines = (text: string) => escape(text).replaceAll('\n', '<br>');

function passage(one: Passage): string {
	if (typeof one === 'string') return lines(one);
	return `<a class="link" href="${escape(address(one.url))}" style="color:#45309a">${lines(one.text)}</a>`;
}

function plain(one: Passage): string {
	return typeof one === 'string' ? clean(one) : `${clean(one.text)}\n${address(one.url)}`;
}

/** Sentences that begin under a dash stay under it. */
function indented(text: string): string {
	return `- ${text.replaceAll('\n', '\n  ')}`;
}

function textOf(letter: Letter): string {
	const blocks = [
		clean(letter.title),
		...letter.paragraphs.map(clean),
		...(letter.lists ?? []).map(({ title, items }) =>
			[...(title ? [clean(title)] : []), ...items.map((item) => indented(plain(item)))].join('\n')
		),
		...(letter.buttons ?? []).map(({ label, url }) => `${clean(label)}\n${address(url)}`)
	];
	const foot = [clean(letter.sender), ...(letter.foot ?? []).map(plain)].join('\n');
	return `${blocks.join('\n\n')}\n\n-- \n${foot}\n`;
}

function htmlOf({ sender, title, paragraphs, lists = [], buttons = [], foot = [] }: Letter): string {
	const p = `margin:0 0 16px;font-size:18px;line-height:1.5`;
	const body = [
		`<h1 style="margin:0 0 16px;font-size:28px;line-height:1.2;font-weight:700">${lines(title)}</h1>`,
		...paragraphs.map((text) => `<p style="${p}">${lines(text)}</p>`),
		...lists.map(
			({ title: heading, items }) =>
				(heading ? `<h2 style="margin:24px 0 8px;font-size:20px;line-height:1.3;font-weight:700">${lines(heading)}</h2>` : '') +
				`<ul style="margin:0 0 16px;padding:0 0 0 24px;font-size:18px;line-height:1.5">` +
				items.map((item) => `<li style="margin:0 0 8px">${passage(item)}</li>`).join('') +
				'</ul>'
		),
		// a table, because Outlook gives no padding to a link
		...buttons.map(
			({ label, url }) =>
				`<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px"><tr>` +
				`<td class="button" bgcolor="#221b3a" style="background:#221b3a;padding:12px 24px">` +
				`<a class="button" href="${escape(address(url))}" style="color:#ffffff;font-size:18px;line-height:24px;font-weight:700;text-decoration:none">` +
				`${lines(label)}</a></td></tr></table>`
		)
	];
	return `<!doctype html>
<html lang="fr" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escape(title)}</title>
<style>
@media (prefers-color-scheme: dark) {
.ground { background: #15131f !important; color: #f3f0fa !important; }
.sheet { background: #1f1c2c !important; border-color: #f3f0fa !important; }
.soft { color: #c3bcd8 !important; }
.link { color: #c3b5ff !important; }
.button { background: #f3f0fa !important; color: #221b3a !important; }
}
</style>
</head>
<body class="ground" style="margin:0;padding:0;background:#f6f5f1;color:#221b3a;${FONT}">
<div class="ground" style="max-width:600px;margin:0 auto;padding:24px 16px;background:#f6f5f1;color:#221b3a;${FONT}">
<p style="margin:0 0 16px;font-size:18px;line-height:1.5;font-weight:700">${escape(sender)}</p>
<div class="sheet" style="background:#ffffff;border-top:3px solid #221b3a;padding:24px 24px 8px">
${body.join('\n')}
</div>
<div style="padding:16px 0 0">
${foot.map((one) => `<p class="soft" style="margin:0 0 8px;font-size:15px;line-height:1.5;color:#4d4663">${passage(one)}</p>`).join('\n')}
</div>
</div>
</body>
</html>
`;
}

/** A mail in the product's look and its plain text twin: the same words, the same addresses, in the same order. */
export function letter(content: Letter): { text: string; html: string } {
	return { text: textOf(content), html: htmlOf(content) };
}

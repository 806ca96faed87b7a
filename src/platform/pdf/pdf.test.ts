import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { globSync } from 'tinyglobby';
import { afterAll, describe, expect, test } from 'vitest';
import { typeset } from './pdf.server.ts';
import type { NotTypeset, Printed } from './pdf.server.ts';

const date = new Date('2026-11-22T10:00:00Z');
const folder = mkdtempSync(join(tmpdir(), 'pdf-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

// poppler-utils and qpdf are the machine's; a test that needs one skips where it is absent.
const has = (tool: string) => !spawnSync(tool, ['--version']).error;
const poppler = has('pdftotext') && has('pdfinfo');
const qpdf = has('qpdf');
if (!poppler) console.warn('pdftotext and pdfinfo are absent: what they would read is not checked');
if (!qpdf) console.warn('qpdf is absent: the structure of the files is not checked');

function run(tool: string, pdf: Uint8Array, before: string[], after: string[] = []): string {
	const file = join(folder, 'document.pdf');
	writeFileSync(file, pdf);
	const { status, stdout, stderr } = spawnSync(tool, [...before, file, ...after], { encoding: 'utf8', maxBuffer: 50_000_000 });
	if (status !== 0) throw new Error(`${tool}: ${stdout}${stderr}`);
	return stdout;
}
const textOf = (pdf: Uint8Array) => run('pdftotext', pdf, ['-raw', '-nopgbrk'], ['-']);
const withoutBlanks = (text: string) => text.replaceAll(/[\s\u00ad]/g, '');

const demo = `#import "/src/platform/pdf/house.typ": *
#show: house.with(
	title: data.title, kicker: data.kicker, lead: data.lead, issuer: data.issuer, reference: data.reference, facts-list: data.facts,
	band: data.at("band", default: "top"), draft: data.draft, fingerprint: data.fingerprint, description: data.lead,
)
= #data.sections.at(0)
#prose(data.text)
#for who in data.partners [#piece(who.code, shape: who.shape, public: who.public) #who.name #h(4mm)]

#sheet((1fr, auto, auto), data.table.header, data.table.rows, caption: data.table.caption, right: (1,), total: data.table.total)
#note(title: data.note.title, prose(data.note.text))
= #data.sections.at(1)
#for (title, text) in data.articles { article(title, prose(text)) }
#stamp(data.states.at(0), state: "done") #stamp(data.states.at(1), state: "going") #stamp(data.states.at(2), state: "alert")

#for choice in data.choices { tick(choice.label, on: choice.on) }
#blank(lines: 2)
= #data.sections.at(2)
#signatures(data.signatories)
= #data.sections.at(3)
#attendance(data.attendance.header, data.attendance.rows, extra: 3)
`;

const agreement = {
	title: 'Convention de partenariat : Avril enchanté',
	kicker: 'Convention de partenariat, version 3',
	lead: 'Deux associations et une commune préparent ensemble un festival de rue en avril 2027.',
	issuer: 'Compagnie des Tréteaux',
	reference: 'AVR-K7P3M',
	draft: true,
	fingerprint: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
	facts: [
		['Entre', 'Compagnie des Tréteaux et Les Jardins de la Vallée'],
		['Montant', '12 450 €']
	],
	sections: ['Pourquoi nous nous associons', 'Ce que nous décidons', 'Signatures', 'Émargement'],
	text: 'La rue est à tout le monde.\n\nCe qui est tapé reste tel quel : *pas de gras*, #import "x", $a$, @personne 🎉.',
	partners: [
		{ code: 'CT', name: 'Compagnie des Tréteaux', shape: 'round', public: false },
		{ code: 'JV', name: 'Les Jardins de la Vallée', shape: 'point', public: false },
		{ code: 'SA', name: 'Commune de Saint-Amand', shape: 'square', public: true }
	],
	table: {
		caption: 'Chacun apporte la moitié',
		header: ['Apport', 'Montant', 'Partenaire'],
		rows: [
			['Location de la scène', '6 225 €', 'Compagnie des Tréteaux'],
			['Accueil des équipes', '6 225 €', 'Les Jardins de la Vallée']
		],
		total: ['Total', '12 450 €', '']
	},
	note: { title: 'Une condition', text: 'La commune délibère le 14 décembre.' },
	articles: [
		['Objet', 'Les parties organisent ensemble le festival.'],
		['Fin', 'Chaque partie peut se retirer par écrit.']
	],
	states: ['Validé', 'En cours', 'À relire'],
	choices: [
		{ label: 'Nous avons lu le règlement', on: true },
		{ label: 'Nous souhaitons une assurance', on: false }
	],
	signatories: [
		{ organisation: 'Compagnie des Tréteaux', name: 'Nadia Belkacem', capacity: 'présidente', signed: 'Signé le 22 novembre' },
		{ organisation: 'Commune de Saint-Amand' }
	],
	attendance: { header: ['Nom', 'Structure', 'Signature'], rows: [['Nadia Belkacem', 'Compagnie des Tréteaux']] }
};

const paragraph = `#import "/src/platform/pdf/house.typ": *
#show: house.with(title: "Essai", band: none)
#prose(data.text)`;

async function printedText(text: string) {
	const { pdf, pages, unprintable } = await typeset(paragraph, { text }, { date });
	const feet = new RegExp(`page \\d+ sur ${pages}|^Essai$`, 'gm');
	return { text: textOf(pdf).replaceAll(feet, ''), unprintable, pages };
}

const faultOf = (template: string) =>
	typeset(template, null, { date }).then(
		() => 'none',
		(error: NotTypeset) => error.message
	);

describe('a document', () => {
	test.each(['ua-1', 'a-2a', 'none'] as const)('passes the gate of %s', async (standard) => {
		const { pdf, pages, unprintable } = await typeset(demo, agreement, { date, standard });
		expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
		expect(pages).toBe(2);
		expect(unprintable).toEqual([]);
	});

	test('may open on a page of its own', async () => {
		const { pages } = await typeset(demo, { ...agreement, band: 'page', draft: false }, { date });
		expect(pages).toBe(3);
	});

	test('is refused by PDF/UA without a title', async () => {
		await expect(typeset('= Sans titre', null, { date })).rejects.toThrow('missing document title');
	});

	test('is the same to the byte for the same date, and another for another', async () => {
		const next = new Date('2026-11-23T10:00:00Z');
		const [one, two, other] = (await Promise.all(
			[date, date, next].map((day) => typeset(demo, agreement, { date: day, standard: 'a-2a' }))
		)) as [Printed, Printed, Printed];
		expect(Buffer.compare(one.pdf, two.pdf)).toBe(0);
		expect(Buffer.compare(one.pdf, other.pdf)).not.toBe(0);
	});

	test.skipIf(!poppler)('is tagged, titled and dated', async () => {
		const { pdf } = await typeset(demo, agreement, { date });
		const info = run('pdfinfo', pdf, ['-isodates']);
		expect(info).toMatch(/^Tagged: +yes$/m);
		expect(info).toMatch(/^Title: +Convention de partenariat\s: Avril enchanté$/m);
		expect(info).toMatch(/^CreationDate: +2026-11-22T10:00:00Z$/m);
		expect(info).toMatch(/^Page size: .*A4/m);
	});

	test.skipIf(!qpdf)('is well formed, says its language and embeds its fonts', async () => {
		for (const standard of ['ua-1', 'a-2a'] as const) {
			const { pdf } = await typeset(demo, agreement, { date, standard });
			expect(run('qpdf', pdf, ['--check'])).toContain('No syntax or stream encoding errors found');
			const objects = run('qpdf', pdf, ['--json=2', '--json-key=qpdf']);
			expect(objects).toMatch(/"\/Lang": "u:fr"/);
			expect(objects).toMatch(/"\/S": "\/TH"/);
			expect(objects).toMatch(/"\/S": "\/H1"/);
			expect(objects).toContain('AtkinsonHyperlegibleNext');
			expect(objects).toContain('BricolageGrotesque');
		}
	});

	test.skipIf(!poppler)('says page n of m, draft and fingerprint on every page', async () => {
		const { pdf, pages } = await typeset(demo, agreement, { date });
		const text = textOf(pdf);
		for (let n = 1; n <= pages; n++) expect(text).toContain(`page ${n} sur ${pages}`);
		expect(text.split('Projet').length - 1).toBe(pages);
		expect(text.split(agreement.fingerprint).length - 1).toBe(pages);
		expect(text).toContain('Article 2. Fin');
		expect(textOf((await typeset(demo, { ...agreement, draft: false }, { date })).pdf)).not.toContain('Projet');
	});
});

describe('a text of the data', () => {
	const dangerous = [
		'#import "/package.json": *',
		'#panic("non")',
		'#eval("1+1") #read("/package.json")',
		'$ x^2 $ *gras* _italique_ `code` @cle <cle> = Titre',
		'\\ \\u{41} \\#x // commentaire /* fin */ https://exemple.org',
		'-- --- ... ~ "droit" \'droit\' #[bloc] #{ 1 }',
		'{n} {of} ${jeton} </script> %PDF-1.7 endobj stream',
		'- tiret\n+ plus\n/ terme: sens',
		'fi ffi fl œuf Œuvre Ñandú ŝi Łódź'
	];

	test.skipIf(!poppler).each(dangerous)('comes out as it is: %s', async (text) => {
		const printed = await printedText(text);
		expect(withoutBlanks(printed.text)).toBe(withoutBlanks(text));
		expect(printed.unprintable).toEqual([]);
	});

	test.skipIf(!poppler)('may be any printable text', async () => {
		const mark = fc.constantFrom(...'#$*_@\\`<>=~[]{}()/-+"\'^&%|:;!?«»’ éàçœÉ0123abcXYZ\n');
		const anything = fc.array(fc.oneof(mark, fc.constantFrom(...dangerous)), { maxLength: 60 }).map((parts) => parts.join(''));
		await fc.assert(
			fc.asyncProperty(anything, async (text) => {
				expect(withoutBlanks((await printedText(text)).text)).toBe(withoutBlanks(text));
			}),
			{ numRuns: 40 }
		);
	});

	test('never breaks the export, whatever its characters', async () => {
		await fc.assert(
			fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 80 }), fc.constantFrom('ua-1', 'a-2a'), async (text, standard) => {
				const template = `#import "/src/platform/pdf/house.typ": *\n#show: house.with(title: data.text + "x", kicker: data.text)
= N #data.text
#article(data.text, prose(data.text))
#sheet((1fr, 1fr), (data.text, "b"), ((data.text, data.text),), caption: data.text)`;
				const { pages } = await typeset(template, { text }, { date, standard: standard as 'ua-1' });
				expect(pages).toBeGreaterThan(0);
			}),
			{ numRuns: 20 }
		);
	});

	test.each(['ua-1', 'a-2a'] as const)('may hold every character of the first two planes for %s', async (standard) => {
		for (let first = 0; first < 0x20000; first += 0x4000) {
			const text = Array.from({ length: 0x4000 }, (_, n) => `a${String.fromCodePoint(first + n)} `).join('');
			expect((await typeset(paragraph, { text }, { date, standard })).pages).toBeGreaterThan(0);
		}
	});

	test.skipIf(!poppler)('keeps emoji, Greek, Cyrillic, Hebrew and Arabic', async () => {
		const { text, unprintable } = await printedText('Fête 🎉 🎪 ❤️, Ελλάδα, Привет');
		expect(withoutBlanks(text).replaceAll('\ufe0f', '')).toBe('Fête🎉🎪❤,Ελλάδα,Привет');
		expect(unprintable).toEqual([]);
		// pdftotext puts right-to-left words back in reading order, within marks of direction.
		const oriental = (await printedText('שלום مرحبا')).text.replaceAll(/[\u202a-\u202e]/g, '');
		expect(oriental).toContain('שלום');
		expect(oriental.normalize('NFKC')).toContain('مرحبا');
	});

	test('shows « � » for a character that no font draws, and tells it', async () => {
		const { unprintable } = await typeset(paragraph, { text: 'Zhōng 中文 \u0000\u0007\ud800\u202e' }, { date });
		expect(unprintable).toEqual(['中', '文']);
	});

	test.skipIf(!poppler)('may have 50,000 characters, even without a space', async () => {
		const words = 'Les habitantes et les habitants. '.repeat(1516).trim();
		expect(withoutBlanks((await printedText(words)).text) === withoutBlanks(words)).toBe(true);
		const word = 'abcdefghij'.repeat(5000);
		const { text, pages } = await printedText(word);
		expect(withoutBlanks(text) === word).toBe(true);
		expect(pages).toBeGreaterThan(8);
	});

	test('is refused beyond the limit', async () => {
		await expect(typeset(paragraph, { text: 'a'.repeat(4_000_001) }, { date })).rejects.toMatchObject({ reason: 'too-heavy' });
	});
});

describe('a fault', () => {
	test('names its place in a template given as text', async () => {
		expect(await faultOf('#set document(title: "x")\n\n#let n = 3\n#n.nope()\n')).toBe(
			'template:4:4: type integer has no method `nope`'
		);
	});

	test('names its place in a template given by its path', async () => {
		const path = 'src/platform/pdf/broken-for-the-test.typ';
		writeFileSync(path, 'Bonjour\n#let a = \n');
		try {
			expect(await faultOf(path)).toMatch(/^src\/platform\/pdf\/broken-for-the-test\.typ:2:\d+: expected expression/);
			writeFileSync(path, '#set document(title: "x")\nRéparé');
			expect(await faultOf(path)).toBe('none');
		} finally {
			rmSync(path);
		}
	});

	test('is made of a warning too', async () => {
		expect(await faultOf('#set document(title: "x")\n#set text(font: "Garamond")\nA')).toContain('unknown font family: garamond');
	});

	test('is made of a font that only the machine has', async () => {
		expect(await faultOf('#set document(title: "x")\n#set text(font: "Liberation Sans")\nA')).toContain('unknown font family');
	});

	test('is made of a package from elsewhere', async () => {
		expect(await faultOf('#import "@preview/cetz:0.3.1": canvas')).toContain('failed to download');
	});

	test('is made of a file outside the project', async () => {
		expect(await faultOf('#read("/../../../etc/hostname")')).not.toBe('none');
	});
});

describe('many documents', () => {
	test('are made by a plain script, which then ends by itself', () => {
		const script = `import { typeset } from './src/platform/pdf/pdf.server.ts';
			const { pages } = await typeset('#set document(title: "a"); a #pagebreak() b', null, { date: new Date(0) });
			console.log(pages);`;
		const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
			encoding: 'utf8',
			timeout: 25_000
		});
		expect(stdout.trim()).toBe('2');
		expect(status).toBe(0);
	});

	test('twenty at once are each their own', async () => {
		const titles = Array.from({ length: 20 }, (_, n) => `Document ${n}`);
		const printed = await Promise.all(titles.map((title) => typeset(demo, { ...agreement, title }, { date })));
		expect(new Set(printed.map(({ pdf }) => Buffer.from(pdf).toString('latin1'))).size).toBe(20);
		if (poppler) {
			titles.forEach((title, n) => expect(run('pdfinfo', printed[n]!.pdf, [])).toMatch(new RegExp(`^Title: +${title}$`, 'm')));
		}
	});

	test('one that never ends is refused, and the next ones are made', async () => {
		const endless = '#let i = 0\n#while i < 9000 { let j = 0; while j < 9000 { j += 1 }; i += 1 }';
		const lost = Array.from({ length: 3 }, () => typeset(endless, null, { date, within: 500 }));
		const next = typeset(demo, agreement, { date });
		for (const { status, reason } of (await Promise.allSettled(lost)) as PromiseRejectedResult[]) {
			expect(status).toBe('rejected');
			expect(reason).toMatchObject({ name: 'NotTypeset', reason: 'too-long' });
		}
		expect((await next).pages).toBe(2);
	});

	test('one that eats the memory is refused', async () => {
		const greedy = '#let a = (0,) * 4000000\n#let all = range(400).map(i => a.map(x => x + i))\n#all.len()';
		await expect(typeset(greedy, null, { date })).rejects.toMatchObject({ reason: 'too-heavy' });
	});

	test('more than can wait are refused', async () => {
		const asked = await Promise.allSettled(Array.from({ length: 90 }, () => typeset(paragraph, { text: 'a' }, { date })));
		const refused = asked.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
		expect(refused.length).toBeGreaterThan(0);
		expect(refused.length).toBeLessThan(90);
		for (const { reason } of refused) expect(reason).toMatchObject({ reason: 'too-many' });
	});
});

test('templates neither read the clock, nor evaluate, nor load packages', () => {
	for (const file of globSync(['src/**/*.typ', 'content/**/*.typ'])) {
		expect(readFileSync(file, 'utf8'), file).not.toMatch(/datetime\.today|\beval\(|\bplugin\(|["@](preview|local)\//);
	}
});

import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { leaveCooperation } from '#modules/cooperations/commands/partners.server.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { reviseLine, writeLine } from '#modules/lines/commands.server.ts';
import { noDetails, type Details, type Kind } from '#modules/lines/rules.ts';
import type { Context } from '#platform/context.server.ts';
import { Forbidden, NotFound, type Refused } from '#platform/errors.ts';
import { readFile } from '#platform/files.server.ts';
import { newId } from '#platform/ids.ts';
import { typeset } from '#platform/pdf/pdf.server.ts';
import { say as sentenceOf } from '#platform/say.ts';
import { m } from '#words';
import type { Name } from '../../../seeds/world.ts';
import { testWorld } from '../../../tests/world.ts';
import { openTo, writeAgreement } from './commands.server.ts';
import {
	addArticle,
	addOwnArticle,
	bringBackClause,
	editClause,
	moveClause,
	removeClause,
	resetClause
} from './commands/articles.server.ts';
import { freeze, keepOwnDocument } from './commands/freezing.server.ts';
import { attachSignature, sayItSigns } from './commands/signing.server.ts';
import { findAgreement, listLacking, readDraft } from './queries.server.ts';
import { findVersion, listSignatures, listVersions } from './queries/versions.server.ts';
import { fingerprint } from './rules/versions.ts';

const data = await fs.mkdtemp(path.join(os.tmpdir(), 'ensemblier-agreements-'));
process.env.ENSEMBLIER_DATA = data;
afterAll(() => fs.rm(data, { recursive: true, force: true }));

const { db, world, as, keep, seenBy, later } = await testWorld();
const cooperation = world.cooperation.id;
const everyone: Name[] = ['nadia', 'odile', 'samir', 'helene', 'bruno', 'claire', 'yann', 'agathe'];

const say = (
	context: Context,
	kind: Kind,
	text: string,
	details: Partial<Details> = {},
	audience: null | 'organisation' = null
) => {
	const id = newId();
	return writeLine(context, cooperation, { id, kind, text, audience, actingFor: null, ...noDetails, ...details }).then(() => id);
};
async function draftOf(context: Context) {
	const found = await findCooperationById(context, cooperation);
	const agreement = await findAgreement(context, found);
	return readDraft(context, found, agreement!);
}
const clauseNamed = async (context: Context, article: string) =>
	(await draftOf(context)).clauses.find((one) => one.article === article)!;
async function frozen(context: Context) {
	await writeAgreement(context, cooperation, { actingFor: null });
	await say(context, 'information', `Un enjeu ${newId()}.`, { topic: 'stakes' });
	const { sha256 } = await draftOf(context);
	await freeze(context, cooperation, { read: sha256, actingFor: null });
	return (await listVersions(context, cooperation))[0]!;
}
const sheet = (text = 'signed', type = 'application/pdf') => new File([`%PDF-1.7\n${text}\n%%EOF`], 'feuille.pdf', { type });
const signature = (version: string, organisation: string) => ({
	version,
	organisation,
	file: sheet(),
	signatory: 'Nadia Benali',
	capacity: 'Présidente',
	signedOn: '2026-11-15'
});
const has = (tool: string): boolean => {
	try {
		execFileSync(tool, ['--version'], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
};

test('one click writes it from what the partners share, and never from what one keeps at home', async () => {
	await as('nadia')(async (context) => {
		await say(context, 'objective', 'Réunir trente habitants.');
		await say(context, 'limit', 'Nous avons peur de ne pas tenir.', {}, 'organisation');
		await writeAgreement(context, cooperation, { actingFor: null });
		await writeAgreement(context, cooperation, { actingFor: null });
		const { content, sha256 } = await draftOf(context);
		const text = JSON.stringify(content);
		expect(text).toContain('Réunir trente habitants.');
		expect(text).not.toContain('peur');
		expect(content.parties.map(({ name }) => name)).toEqual(['L’Atelier du Soleil', 'Compagnie des Tréteaux']);
		expect(text).not.toContain('Valsorbier');
		expect((await draftOf(seenBy(context, 'odile'))).sha256, 'partners read the same text').toBe(sha256);
	});
});

test('what is frozen never changes, prints the hash of its content, and its files are kept', { timeout: 120_000 }, async () => {
	await as('nadia')(async (context) => {
		const line = await say(context, 'objective', 'Réunir trente habitants. # $x$ {lieu} *gras* \\ @ref <b>');
		const version = await frozen(context);
		const { text, content, ...rest } = await findVersion(context, cooperation, version.n);
		expect(fingerprint(text!)).toBe(version.sha256);
		expect(JSON.stringify(content)).toContain('trente habitants. # $x$ {lieu} *gras*');
		await reviseLine(
			{ ...context, now: new Date(later.getTime() + 1000) },
			{
				...noDetails,
				id: line,
				text: 'Réunir soixante habitants.',
				reason: 'Ils sont venus.',
				actingFor: null
			}
		);
		expect((await findVersion(context, cooperation, version.n)).text).toBe(text);
		expect(JSON.stringify((await draftOf(context)).content)).toContain('soixante');
		for (const [name, sha] of [
			['reading', rest.reading],
			['archive', rest.archive!]
		] as const) {
			const file = path.join(data, `${name}.pdf`);
			await fs.writeFile(file, await readFile(sha));
			if (has('pdftotext')) {
				const printed = execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' });
				expect(printed.replaceAll(/\s/g, '')).toContain(version.sha256);
				expect(printed).toContain('trente habitants. # $x$ {lieu} *gras* \\ @ref <b>');
			}
			if (has('qpdf')) execFileSync('qpdf', ['--check', file]);
			if (has('pdfinfo')) {
				const info = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
				expect(info).toMatch(/Tagged:\s+yes/);
				expect(info).toMatch(/Title:\s+Convention de partenariat/);
				expect(Number(/Pages:\s+(\d+)/.exec(info)![1])).toBe(version.pages);
			}
			if (name === 'archive')
				expect(Buffer.from(await readFile(sha)).toString('latin1')).toMatch(/pdfaid:part>2.*pdfaid:conformance>A/s);
			else expect(Buffer.from(await readFile(sha)).toString('latin1')).toMatch(/pdfuaid:part>1/);
		}
	});
});

test('the database itself refuses to change a frozen version', { timeout: 120_000 }, async () => {
	const version = await keep('nadia')(frozen);
	await expect(db.updateTable('agreementVersions').set({ sha256: 'x' }).where('id', '=', version.id).execute()).rejects.toThrow(
		'never changes'
	);
	await expect(db.deleteFrom('agreementVersions').where('id', '=', version.id).execute()).rejects.toThrow('never changes');
});

test('what an agreement would lack is said before it is written, and is what it lacks afterwards', async () => {
	await as('nadia')(async (context) => {
		await say(context, 'information', 'Un enjeu.', { topic: 'stakes' });
		await say(context, 'decision', 'Une structure, une voix.', { topic: 'mode' }, 'organisation');
		const found = await findCooperationById(context, cooperation);
		const before = await listLacking(context, found);
		expect(before.map(({ id }) => id)).not.toContain('preamble');
		expect(before.map(({ id }) => id)).toContain('decisions');
		expect(before.find(({ id }) => id === 'decisions')!.href).toBe(`${found.path}/clarifier#modes`);
		await writeAgreement(context, cooperation, { actingFor: null });
		const { points } = await draftOf(context);
		expect(points.filter(({ state }) => state === 'missing').map(({ id }) => id)).toEqual(before.map(({ id }) => id));
		// whoever reads less is told of nothing that they may not see
		expect((await listLacking(seenBy(context, 'helene'), found)).length).toBeGreaterThanOrEqual(before.length);
	});
});

test('two people who edit one article at once lose nothing: the second sees both texts, and chooses', async () => {
	await as('nadia')(async (context) => {
		await writeAgreement(context, cooperation, { actingFor: null });
		const odile = seenBy(context, 'odile');
		const { id, n } = await clauseNamed(context, 'preamble');
		await editClause(context, cooperation, id, { n, title: 'Préambule', text: 'Nadia.' });
		await expect(editClause(odile, cooperation, id, { n, title: 'Préambule', text: 'Odile.' })).rejects.toMatchObject({
			code: 'agreements.changed-meanwhile',
			details: { theirs: 'Nadia.', who: 'Nadia Benali', n: n + 1 }
		});
		await expect(resetClause(odile, cooperation, id, { n })).rejects.toMatchObject({ code: 'agreements.changed-meanwhile' });
		expect((await clauseNamed(context, 'preamble')).text).toBe('Nadia.');
		await editClause(odile, cooperation, id, { n: n + 1, title: 'Préambule', text: 'Odile.' });
		await resetClause(context, cooperation, id, { n: n + 2 });
		expect((await clauseNamed(context, 'preamble')).text).toBeNull();
	});
});

test('articles are added where the library has them, moved, taken out and brought back', async () => {
	await as('nadia')(async (context) => {
		await writeAgreement(context, cooperation, { actingFor: null });
		const order = async () => (await draftOf(context)).standing.map(({ article }) => article ?? 'own');
		const before = await order();
		await addArticle(context, cooperation, { article: 'common-pot' });
		expect((await order()).slice(before.indexOf('funds'), before.indexOf('funds') + 2)).toEqual(['funds', 'common-pot']);
		await expect(addArticle(context, cooperation, { article: 'common-pot' })).rejects.toThrow('agreements.already-there');
		await expect(addArticle(context, cooperation, { article: 'nothing' })).rejects.toThrow(NotFound);

		const id = newId();
		for (let twice = 0; twice < 2; twice++)
			await addOwnArticle(context, cooperation, { id, title: 'Le goûter', text: '# {x} $1' });
		expect((await order()).slice(-2)).toEqual(['own', 'signatures']);
		expect((await draftOf(context)).content.articles.at(-2)!.blocks).toEqual([{ is: 'text', text: '# {x} $1' }]);
		await moveClause(context, cooperation, { clause: id, towards: 'up' });
		expect((await order()).slice(-3)).toEqual(['own', 'amendments', 'signatures']);
		await moveClause(context, cooperation, { clause: id, towards: 'down' });
		await moveClause(context, cooperation, { clause: id, towards: 'down' });
		await moveClause(context, cooperation, { clause: id, towards: 'down' });
		expect((await order()).at(-1)).toBe('own');

		const { id: roles } = await clauseNamed(context, 'roles');
		await removeClause(context, cooperation, { clause: roles });
		expect(await order()).not.toContain('roles');
		expect((await draftOf(context)).points.find((point) => point.id === 'roles')!.state).toBe('missing');
		await bringBackClause(context, cooperation, { clause: roles });
		expect((await order()).indexOf('roles')).toBe(before.indexOf('roles'));
		await expect(resetClause(context, cooperation, id, { n: 1 })).rejects.toThrow('agreements.not-of-the-library');
	});
});

test('what was not read is not frozen, nor the same text twice', { timeout: 120_000 }, async () => {
	await as('nadia')(async (context) => {
		await writeAgreement(context, cooperation, { actingFor: null });
		const { sha256: read } = await draftOf(context);
		await say(context, 'objective', 'Encore un.');
		await expect(freeze(context, cooperation, { read, actingFor: null })).rejects.toThrow('agreements.changed-since-read');
		await frozen(context);
		const { sha256 } = await draftOf(context);
		await expect(freeze(seenBy(context, 'odile'), cooperation, { read: sha256, actingFor: null })).rejects.toThrow(
			'agreements.same-as-last'
		);
	});
});

test('a text that can’t be typeset freezes nothing, and the sentence says why', { timeout: 120_000 }, async () => {
	await as('nadia')(async (context) => {
		await writeAgreement(context, cooperation, { actingFor: null });
		await say(context, 'information', 'Un enjeu de plus.', { topic: 'stakes' });
		const { sha256: read } = await draftOf(context);
		const before = await listVersions(context, cooperation);
		// Two documents that never end, and as many behind them as can wait.
		const endless = '#let i = 0\n#while i < 9000 { let j = 0; while j < 9000 { j += 1 }; i += 1 }';
		const busy = Array.from({ length: 66 }, (_, i) =>
			i < 2 ? typeset(endless, null, { date: later, within: 5000 }) : typeset('a', null, { date: later, standard: 'none' })
		);
		const refused = await freeze(context, cooperation, { read, actingFor: null }).catch((problem: unknown) => problem);
		expect(refused).toMatchObject({ code: 'agreements.not-typeset-too-many' });
		expect(sentenceOf(refused as Refused)).toContain('Rien n’est figé');
		expect(await listVersions(context, cooperation)).toEqual(before);
		await Promise.allSettled(busy);
	});
});

test('an agreement has an end', async () => {
	await as('nadia')(async (context) => {
		await writeAgreement(context, cooperation, { actingFor: null });
		const add = async () => {
			for (let i = 0; i < 81; i++) await addOwnArticle(context, cooperation, { id: newId(), title: 'x', text: 'x' });
		};
		await expect(add()).rejects.toThrow('agreements.too-many-articles');
	});
});

test(
	'of two who freeze at once, one does; of two who click at once, one agreement is written',
	{ timeout: 120_000 },
	async () => {
		await Promise.all(
			(['nadia', 'odile'] as const).map((name) =>
				keep(name)((context) => writeAgreement(context, cooperation, { actingFor: null }))
			)
		);
		expect(await db.selectFrom('agreements').select('id').where('cooperationId', '=', cooperation).execute()).toHaveLength(1);
		await keep('nadia')((context) => say(context, 'information', `Un enjeu de plus ${newId()}.`, { topic: 'stakes' }));
		const { sha256: read } = await keep('nadia')(draftOf);
		const before = await keep('nadia')((context) => listVersions(context, cooperation));
		const tried = await Promise.allSettled(
			(['nadia', 'odile', 'nadia'] as const).map((name) =>
				keep(name)((context) => freeze(context, cooperation, { read, actingFor: null }))
			)
		);
		expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		for (const one of tried) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'agreements.same-as-last' });
		const after = await keep('nadia')((context) => listVersions(context, cooperation));
		expect(after.map(({ n }) => n)).toEqual([before.length + 1, ...before.map(({ n }) => n)]);
	}
);

test(
	'signing on paper: an intention, then the sheet counts; the board says where each stands',
	{ timeout: 120_000 },
	async () => {
		await as('nadia')(async (context) => {
			const { id: version } = await frozen(context);
			const [a, o] = [world.structures.nadia, world.structures.odile];
			const standings = async () => (await listSignatures(context, version)).map(({ standing }) => standing);
			expect(await standings()).toEqual(['waiting', 'waiting']);
			await sayItSigns(context, cooperation, { version, organisation: a });
			await sayItSigns(context, cooperation, { version, organisation: a });
			expect(await standings()).toEqual(['said', 'waiting']);
			await attachSignature(context, cooperation, signature(version, a));
			await attachSignature(seenBy(context, 'odile'), cooperation, signature(version, o));
			expect(await standings()).toEqual(['signed', 'signed']);
			await attachSignature(context, cooperation, { ...signature(version, a), file: sheet('better'), signatory: 'Le bureau' });
			expect((await listSignatures(context, version))[0]!.signature!.signatory).toBe('Le bureau');

			await expect(attachSignature(context, cooperation, { ...signature(version, a), signedOn: '2027-01-01' })).rejects.toThrow(
				'agreements.signed-tomorrow'
			);
			const page = new File(['<html>'], 'feuille.pdf', { type: 'application/pdf' });
			await expect(attachSignature(context, cooperation, { ...signature(version, a), file: page })).rejects.toThrow(
				'files.not-what-it-claims'
			);
			for (const act of [
				sayItSigns(context, cooperation, { version, organisation: o }),
				attachSignature(context, cooperation, signature(version, o))
			])
				await expect(act).rejects.toThrow(Forbidden);
			await expect(sayItSigns(context, cooperation, { version, organisation: world.structures.bruno })).rejects.toThrow(NotFound);
		});
	}
);

test('the partners’ own document becomes a version, kept as it is and signed the same way', { timeout: 120_000 }, async () => {
	await as('nadia')(async (context) => {
		await writeAgreement(context, cooperation, { actingFor: null });
		const document = () => new File(['%PDF-1.4 ours\n%%EOF'], 'Notre convention.pdf', { type: 'application/pdf' });
		const { n } = await keepOwnDocument(context, cooperation, { file: document(), actingFor: null });
		const version = await findVersion(context, cooperation, n);
		expect(version).toMatchObject({ kind: 'own document', name: 'Notre convention.pdf', content: null, archive: null });
		expect(Buffer.from(await readFile(version.sha256)).toString()).toBe('%PDF-1.4 ours\n%%EOF');
		await expect(keepOwnDocument(context, cooperation, { file: document(), actingFor: null })).rejects.toThrow(
			'agreements.same-document'
		);
		await sayItSigns(context, cooperation, { version: version.id, organisation: world.structures.nadia });
		const later = await frozen(context);
		expect(later.n).toBe(n + 1);
		await expect(attachSignature(context, cooperation, signature(version.id, world.structures.nadia))).rejects.toThrow(
			'agreements.not-the-last'
		);
	});
});

test(
	'the hub reads nothing until the partners tick it; then it attaches a sheet in a partner’s name, which is told',
	{ timeout: 120_000 },
	async () => {
		await as('nadia')(async (context) => {
			const { id: version } = await frozen(context);
			const claire = seenBy(context, 'claire');
			expect(await listVersions(claire, cooperation)).toEqual([]);
			await expect(attachSignature(claire, cooperation, signature(version, world.structures.odile))).rejects.toThrow(NotFound);
			await expect(openTo(claire, cooperation, { audience: 'accompagnateur' })).rejects.toThrow(NotFound);
			await openTo(context, cooperation, { audience: 'accompagnateur' });
			expect((await listVersions(claire, cooperation)).map(({ id }) => id)).toContain(version);
			await expect(freeze(claire, cooperation, { read: 'x', actingFor: null })).rejects.toThrow(Forbidden);
			await expect(sayItSigns(claire, cooperation, { version, organisation: world.structures.odile })).rejects.toThrow(Forbidden);
			await attachSignature(claire, cooperation, signature(version, world.structures.odile));
			const signed = (await listSignatures(context, version)).find(
				({ organisationId }) => organisationId === world.structures.odile
			)!;
			expect(signed.signature!.house).toBe('Maison des associations de Valsorbier');
			const told = await context.db
				.selectFrom('notices')
				.select(['text'])
				.where('personId', '=', world.actors.odile.id)
				.execute();
			expect(told.map(({ text }) => text)).toContain(
				m.agreements_notice_attached({
					house: 'Maison des associations de Valsorbier',
					organisation: 'Compagnie des Tréteaux',
					cooperation: 'Avril enchanté'
				})
			);
			await openTo(context, cooperation, { audience: 'partners' });
			expect(await listVersions(claire, cooperation)).toEqual([]);
		});
	}
);

test('a partner that left reads what was frozen while it was one, and nothing after', { timeout: 120_000 }, async () => {
	await as('nadia')(async (context) => {
		const { n } = await frozen(context);
		const odile = seenBy(context, 'odile');
		const found = await findCooperationById(context, cooperation);
		const partner = found.accepted.find(({ organisationId }) => organisationId === world.structures.odile)!;
		await leaveCooperation(odile, cooperation, { partnerId: partner.id, reason: 'Fin de saison.' });
		expect((await listVersions(odile, cooperation)).map((one) => one.n)).toContain(n);
		expect(await findAgreement(odile, await findCooperationById(odile, cooperation))).toBeNull();
		await keepOwnDocument(context, cooperation, { file: sheet('after'), actingFor: null });
		expect((await listVersions(odile, cooperation)).map((one) => one.n)).not.toContain(n + 1);
		await expect(findVersion(odile, cooperation, n + 1)).rejects.toThrow(NotFound);
	});
});

test('what strangers may not see does not exist, and nobody acts beyond their mandate', { timeout: 120_000 }, async () => {
	await as('nadia')(async (context) => {
		const { id: version, n } = await frozen(context);
		for (const name of everyone.filter((one) => one !== 'nadia' && one !== 'odile')) {
			const other = seenBy(context, name);
			expect(await listVersions(other, cooperation), name).toEqual([]);
			await expect(findVersion(other, cooperation, n), name).rejects.toThrow(NotFound);
			for (const act of [
				() => editClause(other, cooperation, newId(), { n: 1, title: 'x', text: 'x' }),
				() => addArticle(other, cooperation, { article: 'loans' }),
				() => freeze(other, cooperation, { read: 'x', actingFor: null }),
				() => keepOwnDocument(other, cooperation, { file: sheet(), actingFor: null }),
				() => attachSignature(other, cooperation, signature(version, world.structures.odile))
			])
				await expect(act(), name).rejects.toThrow(NotFound);
		}
		const member = {
			...world.actors.nadia,
			belongings: world.actors.nadia.belongings.map((one) => ({ ...one, manager: false, may: 'discuss' as const }))
		};
		const discusses = seenBy(context, member);
		await addArticle(discusses, cooperation, { article: 'loans' });
		for (const act of [
			() => freeze(discusses, cooperation, { read: 'x', actingFor: null }),
			() => openTo(discusses, cooperation, { audience: 'accompagnateur' }),
			() => keepOwnDocument(discusses, cooperation, { file: sheet(), actingFor: null }),
			() => sayItSigns(discusses, cooperation, { version, organisation: world.structures.nadia })
		])
			await expect(act()).rejects.toThrow(Forbidden);
	});
});

import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { leaveCooperation } from '#modules/cooperations/commands.server.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { reviseLine, writeLine } from '#modules/lines/commands.server.ts';
import { noDetails, type Details, type Kind } from '#modules/lines/rules.ts';
import type { Context } from '#platform/context.server.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { readFile } from '#platform/files.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';
import type { Name } from '../../../seeds/world.ts';
import { testWorld } from '../../../tests/world.ts';
import {
	addArticle,
	addOwnArticle,
	attachSignature,
	bringBackClause,
	editClause,
	freeze,
	keepOwnDocument,
	moveClause,
	openTo,
	removeClause,
	resetClause,
	sayItSigns,
	writeAgreement
} from './commands.server.ts';
import { findAgreement, findVersion, listSignatures, listVersions, readDraft } from './queries.server.ts';
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
		const { text, content, ...rest } = await findVersion(context, cooperation, 1);
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
		expect((await findVersion(context, cooperation, 1)).text).toBe(text);
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

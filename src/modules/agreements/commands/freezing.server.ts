import { personOf } from '#platform/actor.ts';
import type { Cooperation } from '#modules/cooperations/queries.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import type { Context, Writer } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { keepFile } from '#platform/files.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';
import { accepted, bytesOf, freezer, locked, pathOf, tellOthers } from '../commands.server.ts';
import { printVersion } from '../documents.server.ts';
import { mayFreeze } from '../policy.ts';
import { readDraft } from '../queries.server.ts';
import { lastNumber, listVersions } from '../queries/versions.server.ts';
import { settled } from '../rules/compile.ts';
import { canonical, fingerprint, freezable } from '../rules/versions.ts';

async function keepVersion(
	write: Writer,
	context: Context,
	cooperation: Cooperation,
	version: {
		id: string;
		agreementId: string;
		n: number;
		kind: 'compiled' | 'own document';
		content: string | null;
		sha256: string;
		reading: string;
		archive: string | null;
		mediaType: string;
		name: string | null;
		pages: number | null;
	},
	by: { id: string; name: string }
): Promise<void> {
	await write
		.insertInto('agreementVersions')
		.values({ ...version, frozenAt: context.now, frozenBy: personOf(context.actor), frozenFor: by.id })
		.execute();
	await write
		.insertInto('agreementParties')
		.values(accepted(cooperation).map((organisationId, position) => ({ versionId: version.id, organisationId, position })))
		.execute();
	const verb = version.kind === 'compiled' ? 'agreement-frozen' : 'agreement-document-kept';
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb,
		ids: { version: version.id, sha256: version.sha256, organisation: by.id },
		says: { organisation: by.name, n: version.n }
	});
	await tellOthers(write, context, cooperation, {
		to: accepted(cooperation),
		except: by.id,
		text: m.agreements_notice_frozen({ organisation: by.name, n: version.n, cooperation: cooperation.name }),
		path: `${pathOf(cooperation)}/versions/${version.n}`
	});
}

/**
 * Freezes the text as a version: its content, its fingerprint, its two files. `read` is the fingerprint of what was on the page:
 * nothing is frozen that was not read. A file that can't be made freezes nothing.
 */
export async function freeze(
	context: Context,
	cooperationId: string,
	input: { read: string; actingFor: string | null }
): Promise<{ n: number; unprintable: string[] }> {
	const { cooperation, agreement, write } = await locked(context, cooperationId, mayFreeze);
	const by = freezer(context, cooperation, input.actingFor);
	const draft = await readDraft(context, cooperation, agreement);
	const content = settled(draft.content);
	const text = canonical(content);
	const sha256 = fingerprint(text);
	const last = (await listVersions(context, cooperation.id)).find(({ kind }) => kind === 'compiled');
	freezable({
		sha256,
		read: input.read,
		last: last?.sha256 ?? null,
		parties: content.parties.length,
		articles: content.articles.length
	});
	const n = (await lastNumber(context, agreement.id)) + 1;
	const { reading, archive } = await printVersion(
		content,
		{ n, frozenAt: context.now, sha256 },
		{ now: context.now, zone: cooperation.zone }
	);
	const mediaType = 'application/pdf';
	await keepVersion(
		write,
		context,
		cooperation,
		{
			id: newId(),
			agreementId: agreement.id,
			n,
			kind: 'compiled',
			content: text,
			sha256,
			reading: await keepFile(write, context.now, reading.pdf, { mediaType }),
			archive: await keepFile(write, context.now, archive.pdf, { mediaType }),
			mediaType,
			name: null,
			pages: reading.pages
		},
		by
	);
	return { n, unprintable: reading.unprintable };
}

/** The partners' own document instead: kept as it is, named by its fingerprint, signed like any version. */
export async function keepOwnDocument(
	context: Context,
	cooperationId: string,
	{ file, actingFor }: { file: File; actingFor: string | null }
): Promise<{ n: number }> {
	const { cooperation, agreement, write } = await locked(context, cooperationId, mayFreeze);
	const by = freezer(context, cooperation, actingFor);
	const reading = await keepFile(write, context.now, await bytesOf(file), { mediaType: file.type });
	const [last] = await listVersions(context, cooperation.id);
	if (last?.sha256 === reading) throw new Refused('agreements.same-document', {}, 'file');
	const { mediaType } = await write
		.selectFrom('files')
		.select('mediaType')
		.where('sha256', '=', reading)
		.executeTakeFirstOrThrow();
	const n = (await lastNumber(context, agreement.id)) + 1;
	await keepVersion(
		write,
		context,
		cooperation,
		{
			id: newId(),
			agreementId: agreement.id,
			n,
			kind: 'own document',
			content: null,
			sha256: reading,
			reading,
			archive: null,
			mediaType,
			name: file.name.slice(0, 200) || null,
			pages: null
		},
		by
	);
	return { n };
}

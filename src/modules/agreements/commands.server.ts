import { agreementArticles } from '#content/agreement/clauses.ts';
import type { Article } from '#content/agreement/clause.ts';
import { speaker } from '#modules/cooperations/commands.server.ts';
import { speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperationById, type Cooperation } from '#modules/cooperations/queries.server.ts';
import { accompanyingHub } from '#modules/hubs/queries.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { notify } from '#modules/notices/commands.server.ts';
import { managersOfAll, summariesOf } from '#modules/organisations/queries.server.ts';
import { namesOfPersons } from '#modules/people/queries.server.ts';
import { today } from '#platform/clock.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { keepFile } from '#platform/files.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';
import { printVersion } from './documents.server.ts';
import { commitsFor, mayAttachFor, mayEdit, mayFreeze, maySignFor, type Audience } from './policy.ts';
import {
	factsOf,
	findAgreement,
	lastNumber,
	listClauses,
	listSignatures,
	readDraft,
	listVersions,
	type Agreement,
	type ClauseKept
} from './queries.server.ts';
import { settled, textOf } from './rules/compile.ts';
import { canonical, fingerprint, freezable, signedBy } from './rules/versions.ts';

const pathOf = (cooperation: Cooperation): string => `${cooperation.path}/convention`;
const personOf = ({ actor }: Context): string | null => (actor.is === 'person' ? actor.id : null);

/** The cooperation and its agreement, which nobody else changes until this is done. */
async function locked(context: Context, cooperationId: string, may: typeof mayEdit) {
	const cooperation = await findCooperationById(context, cooperationId);
	const agreement = await findAgreement(context, cooperation);
	if (!agreement) throw new NotFound();
	const write = allow(context, may(context.actor, cooperation));
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	await write.selectFrom('agreements').select('id').where('id', '=', agreement.id).forUpdate().executeTakeFirstOrThrow();
	return { cooperation, agreement, write };
}

/** Tells the managers of the other partners, and of nobody else. */
async function tellOthers(
	write: Writer,
	context: Context,
	cooperation: Cooperation,
	{ to, except, text, path }: { to: string[]; except: string; text: string; path: string }
): Promise<void> {
	const managers = await managersOfAll(
		write,
		to.filter((id) => id !== except)
	);
	const people = [...new Set(managers.map(({ personId }) => personId))].filter((id) => id !== personOf(context));
	await notify(
		write,
		context.now,
		people.map((personId) => ({ personId, kind: 'agreement' as const, cooperationId: cooperation.id, text, path }))
	);
}

const accepted = (cooperation: Cooperation): string[] => cooperation.accepted.map(({ organisationId }) => organisationId);

const kept = ({ version, paragraphs, variants, gives }: Article): string =>
	JSON.stringify({ version, paragraphs, variants, gives });

/** Writes the agreement: one click. Asked twice, it is written once. */
export async function writeAgreement(
	context: Context,
	cooperationId: string,
	input: { actingFor: string | null }
): Promise<void> {
	const cooperation = await findCooperationById(context, cooperationId);
	const write = allow(context, mayEdit(context.actor, cooperation));
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	const by = speaker(context, cooperation, input.actingFor);
	const agreement = newId();
	const written = await write
		.insertInto('agreements')
		.values({
			id: agreement,
			cooperationId: cooperation.id,
			audience: 'partners',
			writtenAt: context.now,
			writtenBy: personOf(context),
			writtenFor: by.id
		})
		.onConflict((conflict) => conflict.column('cooperationId').doNothing())
		.executeTakeFirst();
	if (written.numInsertedOrUpdatedRows === 0n) return;
	await write
		.insertInto('agreementClauses')
		.values(
			agreementArticles
				.filter(({ usual }) => usual)
				.map((article, position) => ({
					id: newId(),
					agreementId: agreement,
					article: article.id,
					source: kept(article),
					title: article.title,
					text: null,
					n: 1,
					position,
					changedAt: context.now,
					changedBy: personOf(context)
				}))
		)
		.execute();
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'agreement-written',
		ids: { agreement, organisation: by.id },
		says: { organisation: by.name }
	});
	await tellOthers(write, context, cooperation, {
		to: accepted(cooperation),
		except: by.id,
		text: m.agreements_notice_written({ organisation: by.name, cooperation: cooperation.name }),
		path: pathOf(cooperation)
	});
}

async function tellClause(
	write: Writer,
	context: Context,
	cooperation: Cooperation,
	clause: Pick<ClauseKept, 'id' | 'title'>,
	verb: string,
	more: Record<string, string> = {}
): Promise<void> {
	const mine = speaksHereFor(context.actor, cooperation);
	const by = cooperation.accepted.find(({ organisationId }) => mine.includes(organisationId))!;
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb,
		ids: { clause: clause.id, organisation: by.organisationId },
		says: { organisation: by.name, title: clause.title, ...more }
	});
}

async function clauseOf(
	context: Context,
	agreement: Agreement,
	id: string
): Promise<{ clause: ClauseKept; clauses: ClauseKept[] }> {
	const clauses = await listClauses(context, agreement.id);
	const clause = clauses.find((one) => one.id === id);
	if (!clause) throw new NotFound();
	return { clause, clauses };
}

/** Somebody else wrote in between: nothing is written over, both texts are shown. */
async function unchanged(context: Context, cooperation: Cooperation, clause: ClauseKept, n: number): Promise<void> {
	if (clause.n === n) return;
	const names = await namesOfPersons(context.db, clause.changedBy ? [clause.changedBy] : []);
	throw new Refused('agreements.changed-meanwhile', {
		who: names.get(clause.changedBy ?? '') ?? m.agreements_somebody(),
		theirTitle: clause.title,
		theirs: textOf(clause, await factsOf(context, cooperation)),
		n: clause.n
	});
}

/** Rewrites an article. `n` is the number of the text that was read. */
export async function editClause(
	context: Context,
	cooperationId: string,
	id: string,
	input: { n: number; title: string; text: string }
): Promise<void> {
	const { cooperation, agreement, write } = await locked(context, cooperationId, mayEdit);
	const { clause } = await clauseOf(context, agreement, id);
	await unchanged(context, cooperation, clause, input.n);
	const before = textOf(clause, await factsOf(context, cooperation));
	if (before === input.text && clause.title === input.title) return;
	await write
		.updateTable('agreementClauses')
		.set({
			title: input.title,
			text: before === input.text ? clause.text : input.text,
			n: clause.n + 1,
			changedAt: context.now,
			changedBy: personOf(context)
		})
		.where('id', '=', clause.id)
		.execute();
	await tellClause(write, context, cooperation, { id, title: input.title }, 'agreement-clause-edited', {
		before,
		after: input.text
	});
}

/** Takes the library's text again, in its latest version. */
export async function resetClause(context: Context, cooperationId: string, id: string, { n }: { n: number }): Promise<void> {
	const { cooperation, agreement, write } = await locked(context, cooperationId, mayEdit);
	const { clause } = await clauseOf(context, agreement, id);
	const article = agreementArticles.find((one) => one.id === clause.article);
	if (!article) throw new Refused('agreements.not-of-the-library');
	await unchanged(context, cooperation, clause, n);
	await write
		.updateTable('agreementClauses')
		.set({
			title: article.title,
			text: null,
			source: kept(article),
			n: clause.n + 1,
			changedAt: context.now,
			changedBy: personOf(context)
		})
		.where('id', '=', clause.id)
		.execute();
	await tellClause(write, context, cooperation, { id, title: article.title }, 'agreement-clause-reset', {
		before: clause.text ?? ''
	});
}

/** More articles than this would be read by nobody. */
const articlesAtMost = 80;

async function insertAt(
	write: Writer,
	context: Context,
	agreement: Agreement,
	clauses: ClauseKept[],
	before: ClauseKept | undefined,
	values: { id: string; article: string | null; source: string | null; title: string; text: string | null }
): Promise<void> {
	if (clauses.length >= articlesAtMost) throw new Refused('agreements.too-many-articles', { max: articlesAtMost });
	const position = before?.position ?? Math.max(-1, ...clauses.map((one) => one.position)) + 1;
	await write
		.updateTable('agreementClauses')
		.set(({ eb }) => ({ position: eb('position', '+', 1) }))
		.where('agreementId', '=', agreement.id)
		.where('position', '>=', position)
		.execute();
	await write
		.insertInto('agreementClauses')
		.values({ ...values, agreementId: agreement.id, n: 1, position, changedAt: context.now, changedBy: personOf(context) })
		.execute();
}

/** Adds an article of the library, where the library has it. */
export async function addArticle(context: Context, cooperationId: string, input: { article: string }): Promise<void> {
	const { cooperation, agreement, write } = await locked(context, cooperationId, mayEdit);
	const order = agreementArticles.map(({ id }) => id);
	const article = agreementArticles.find(({ id }) => id === input.article);
	if (!article) throw new NotFound();
	const clauses = await listClauses(context, agreement.id);
	if (clauses.some((one) => one.article === article.id)) throw new Refused('agreements.already-there', { title: article.title });
	const next = clauses.find((one) => one.article !== null && order.indexOf(one.article) > order.indexOf(article.id));
	const clause = { id: newId(), article: article.id, source: kept(article), title: article.title, text: null };
	await insertAt(write, context, agreement, clauses, next, clause);
	await tellClause(write, context, cooperation, clause, 'agreement-clause-added');
}

/** Adds an article of the partners' own, before the signatures. A form sent twice adds it once. */
export async function addOwnArticle(
	context: Context,
	cooperationId: string,
	input: { id: string; title: string; text: string }
): Promise<void> {
	const { cooperation, agreement, write } = await locked(context, cooperationId, mayEdit);
	const clauses = await listClauses(context, agreement.id);
	if (clauses.some(({ id }) => id === input.id)) return;
	const signatures = clauses.find(({ article }) => article === 'signatures');
	await insertAt(write, context, agreement, clauses, signatures, { ...input, article: null, source: null });
	await tellClause(write, context, cooperation, input, 'agreement-clause-added', { after: input.text });
}

/** Moves an article past its neighbour. At the end of the list nothing moves. */
export async function moveClause(
	context: Context,
	cooperationId: string,
	{ clause: id, towards }: { clause: string; towards: 'up' | 'down' }
): Promise<void> {
	const { cooperation, agreement, write } = await locked(context, cooperationId, mayEdit);
	const { clause, clauses } = await clauseOf(context, agreement, id);
	const standing = clauses.filter(({ removedAt }) => !removedAt);
	const at = standing.indexOf(clause);
	const neighbour = standing[at + (towards === 'up' ? -1 : 1)];
	if (at < 0 || !neighbour) return;
	for (const [one, position] of [
		[clause, neighbour.position],
		[neighbour, clause.position]
	] as const)
		await write.updateTable('agreementClauses').set({ position }).where('id', '=', one.id).execute();
	await tellClause(write, context, cooperation, clause, `agreement-clause-moved-${towards}`, { neighbour: neighbour.title });
}

/** Takes an article out; it can be brought back as it was. */
export async function removeClause(context: Context, cooperationId: string, { clause: id }: { clause: string }): Promise<void> {
	const { cooperation, agreement, write } = await locked(context, cooperationId, mayEdit);
	const { clause } = await clauseOf(context, agreement, id);
	if (clause.removedAt) return;
	await write
		.updateTable('agreementClauses')
		.set({ removedAt: context.now, removedBy: personOf(context) })
		.where('id', '=', clause.id)
		.execute();
	await tellClause(write, context, cooperation, clause, 'agreement-clause-removed');
}

/** Brings back an article that was taken out. */
export async function bringBackClause(
	context: Context,
	cooperationId: string,
	{ clause: id }: { clause: string }
): Promise<void> {
	const { cooperation, agreement, write } = await locked(context, cooperationId, mayEdit);
	const { clause } = await clauseOf(context, agreement, id);
	if (!clause.removedAt) return;
	await write.updateTable('agreementClauses').set({ removedAt: null, removedBy: null }).where('id', '=', clause.id).execute();
	await tellClause(write, context, cooperation, clause, 'agreement-clause-brought-back');
}

/** Lets the hub that accompanies read the agreement, or closes it again. */
export async function openTo(context: Context, cooperationId: string, { audience }: { audience: Audience }): Promise<void> {
	const { cooperation, agreement, write } = await locked(context, cooperationId, mayFreeze);
	if (agreement.audience === audience) return;
	await write.updateTable('agreements').set({ audience }).where('id', '=', agreement.id).execute();
	const by = freezer(context, cooperation, null);
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: audience === 'accompagnateur' ? 'agreement-opened' : 'agreement-closed',
		ids: { agreement: agreement.id, organisation: by.id },
		says: { organisation: by.name }
	});
}

/** The partner in whose name somebody commits: chosen, or the first for which they may. */
function freezer(context: Context, cooperation: Cooperation, chosen: string | null): { id: string; name: string } {
	const able = commitsFor(context.actor, cooperation);
	const id = chosen ?? able[0];
	const partner = cooperation.accepted.find(({ organisationId }) => organisationId === id && able.includes(organisationId));
	if (!partner) throw new Refused('organisations.not-yours', {}, 'actingFor');
	return { id: partner.organisationId, name: partner.name };
}

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
		.values({ ...version, frozenAt: context.now, frozenBy: personOf(context), frozenFor: by.id })
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

const bytesOf = async (file: File): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());

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

/** A version that waits for signatures, and the organisation that signs. */
async function signing(context: Context, cooperationId: string, input: { version: string; organisation: string }) {
	const cooperation = await findCooperationById(context, cooperationId);
	const version = (await listVersions(context, cooperation.id)).find(({ id }) => id === input.version);
	if (!version) throw new NotFound();
	const signatory = (await listSignatures(context, version.id)).find(
		({ organisationId }) => organisationId === input.organisation
	);
	if (!signatory) throw new NotFound();
	return { cooperation, version, signatory, latest: version.n === (await lastNumber(context, version.agreementId)) };
}

/** A later version replaces an earlier one: what was being signed there is signed on the later one. */
function stillSigned(latest: boolean): void {
	if (!latest) throw new Refused('agreements.not-the-last');
}

/** Says that one's organisation signs: an intention, until the sheet is attached. */
export async function sayItSigns(
	context: Context,
	cooperationId: string,
	input: { version: string; organisation: string }
): Promise<void> {
	const { cooperation, version, signatory, latest } = await signing(context, cooperationId, input);
	const write = allow(context, maySignFor(context.actor, signatory.organisationId));
	stillSigned(latest);
	const noted = await write
		.insertInto('agreementSignatures')
		.values({
			id: newId(),
			versionId: version.id,
			organisationId: signatory.organisationId,
			notedAt: context.now,
			notedBy: personOf(context),
			notedFor: signatory.organisationId
		})
		.onConflict((conflict) => conflict.columns(['versionId', 'organisationId']).where('replacedAt', 'is', null).doNothing())
		.executeTakeFirst();
	if (noted.numInsertedOrUpdatedRows === 0n) return;
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'agreement-signature-said',
		ids: { version: version.id, organisation: signatory.organisationId },
		says: { organisation: signatory.name, n: version.n }
	});
}

/** The house in whose name the accompagnateur acts here. */
async function houseOf(context: Context, cooperationId: string): Promise<{ id: string; name: string }> {
	const id = await accompanyingHub(context, cooperationId);
	const house = id ? (await summariesOf(context.db, [id])).get(id) : undefined;
	if (!house) throw new NotFound();
	return house;
}

/** Attaches the sheet that an organisation signed: by itself, or by the accompagnateur in its name, and then it is told. */
export async function attachSignature(
	context: Context,
	cooperationId: string,
	input: {
		version: string;
		organisation: string;
		file: File;
		signatory: string;
		capacity: string | null;
		signedOn: string;
	}
): Promise<{ organisation: string }> {
	const { cooperation, version, signatory, latest } = await signing(context, cooperationId, input);
	const agreement = await findAgreement(context, cooperation);
	const own = maySignFor(context.actor, signatory.organisationId);
	const byHouse = !own && agreement !== null && mayAttachFor(context.actor, cooperation, agreement.audience);
	const write = allow(context, own || byHouse);
	stillSigned(latest);
	signedBy(input.signedOn, today(context.now, cooperation.zone));
	const file = await keepFile(write, context.now, await bytesOf(input.file), { mediaType: input.file.type });
	const house = byHouse ? await houseOf(context, cooperation.id) : null;
	await write
		.updateTable('agreementSignatures')
		.set({ replacedAt: context.now })
		.where('versionId', '=', version.id)
		.where('organisationId', '=', signatory.organisationId)
		.where('replacedAt', 'is', null)
		.execute();
	await write
		.insertInto('agreementSignatures')
		.values({
			id: newId(),
			versionId: version.id,
			organisationId: signatory.organisationId,
			file,
			signatory: input.signatory,
			capacity: input.capacity,
			signedOn: input.signedOn,
			notedAt: context.now,
			notedBy: personOf(context),
			notedFor: house?.id ?? signatory.organisationId
		})
		.execute();
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: house ? 'agreement-signed-by-house' : 'agreement-signed',
		ids: { version: version.id, organisation: signatory.organisationId, sheet: file, house: house?.id ?? null },
		says: { organisation: signatory.name, n: version.n, signatory: input.signatory, house: house?.name ?? '' }
	});
	const path = `${pathOf(cooperation)}/versions/${version.n}`;
	if (house)
		await tellOthers(write, context, cooperation, {
			to: [signatory.organisationId],
			except: house.id,
			text: m.agreements_notice_attached({ house: house.name, organisation: signatory.name, cooperation: cooperation.name }),
			path
		});
	await tellOthers(write, context, cooperation, {
		to: accepted(cooperation),
		except: signatory.organisationId,
		text: m.agreements_notice_signed({ organisation: signatory.name, n: version.n, cooperation: cooperation.name }),
		path
	});
	return { organisation: signatory.name };
}

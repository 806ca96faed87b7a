import { personOf } from '#platform/actor.ts';
import { findCooperationById, type Cooperation } from '#modules/cooperations/queries.server.ts';
import { speaker } from '#modules/cooperations/commands.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { tellManagers } from '#modules/organisations/commands/telling.server.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { keepFile, mediaTypeOf } from '#platform/files.server.ts';
import { redrawn } from '#platform/pictures.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';
import type { Proposed } from './forms.ts';
import { answersFor, choosesNameFor, mayPropose } from './policy.ts';
import { findPublicPage, listShowable, nextOrder, type PublicPage } from './queries.server.ts';
import { answerable, mustAgree, type Content } from './rules.ts';

/** Nobody else answers, proposes or ends the cooperation until this is done. */
async function locked(context: Context, cooperationId: string, may: (cooperation: Cooperation) => boolean) {
	const read = await findCooperationById(context, cooperationId);
	const write = allow(context, may(read));
	await write.selectFrom('cooperations').select('id').where('id', '=', read.id).forNoKeyUpdate().execute();
	return { cooperation: await findCooperationById(context, cooperationId), write };
}

/** Tells those who speak for the partners, but not for the one that acts. */
const tellOthers = (
	write: Writer,
	context: Context,
	{ id, path }: Cooperation,
	{ to, except, text }: { to: string[]; except: string; text: string }
): Promise<number> =>
	tellManagers(
		write,
		context,
		to.filter((one) => one !== except),
		{ kind: 'publication', cooperationId: id, text, path: `${path}/page-publique` }
	);

/** Puts together what the page will show, from what may be shown in the name of the one who proposes. */
async function contentOf(
	context: Context,
	cooperation: Cooperation,
	input: Proposed,
	by: string,
	before: Content | null
): Promise<Content> {
	const showable = await listShowable(context, cooperation, [by], before);
	const chosen = <One>(ids: readonly string[], find: (id: string) => One | undefined, refusal: string, field: string): One[] =>
		[...new Set(ids)].map((id) => {
			const found = find(id);
			if (!found) throw new Refused(refusal, {}, field);
			return found;
		});
	return {
		title: cooperation.name,
		place: cooperation.place,
		lead: input.lead,
		happened: input.happened,
		changed: input.changed,
		next: input.next,
		figures: chosen(input.figures, (of) => showable.figures.find((one) => one.of === of), 'publications.not-a-figure', 'figures'),
		lines: chosen(input.lines, (root) => showable.lines.find((one) => one.root === root), 'publications.not-a-line', 'lines'),
		open: input.open,
		order: await nextOrder(context, cooperation)
	};
}

/** The picture that was chosen for a version, kept; without one, that of the version before, unless it is taken away. */
async function coverFor(write: Writer, now: Date, input: Proposed, before: PublicPage['last']) {
	if (!input.cover) return input.coverGone ? null : (before?.cover ?? null);
	if (!input.coverSays) throw new Refused('publications.cover-unsaid', {}, 'coverSays');
	if (!input.coverAgreed) throw new Refused('publications.cover-unagreed', {}, 'coverAgreed');
	const [{ bytes, width, height }] = await redrawn(new Uint8Array(await input.cover.arrayBuffer()), 'cover', { within: 1600 });
	const file = await keepFile(write, now, bytes, { mediaType: '', field: 'cover' });
	return { file, mediaType: mediaTypeOf(bytes)!, width, height, says: input.coverSays };
}

/** Proposes what the public page shows: another version, which waits for the yes of all who carry the cooperation. */
export async function proposePage(context: Context, cooperationId: string, input: Proposed): Promise<void> {
	const { cooperation, write } = await locked(context, cooperationId, (read) => mayPropose(context.actor, read));
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	const by = speaker(context, cooperation, input.actingFor);
	const known = await write
		.selectFrom('publicPageVersions')
		.select('cooperationId')
		.where('id', '=', input.id)
		.executeTakeFirst();
	if (known && known.cooperationId !== cooperation.id) throw new NotFound();
	if (known) return;
	const { last } = await findPublicPage(context, cooperation);
	if ((last?.n ?? 0) !== input.read) throw new Refused('publications.changed-meanwhile');
	const content = await contentOf(context, cooperation, input, by.id, last?.content ?? null);
	const cover = await coverFor(write, context.now, input, last);
	const n = (last?.n ?? 0) + 1;
	await write
		.insertInto('publicPageVersions')
		.values({
			id: input.id,
			cooperationId: cooperation.id,
			n,
			content: JSON.stringify(content),
			proposedAt: context.now,
			proposedBy: personOf(context.actor),
			proposedFor: by.id
		})
		.execute();
	if (cover)
		await write
			.insertInto('publicPagePictures')
			.values({ ...cover, versionId: input.id })
			.execute();
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'publication-proposed',
		ids: { version: input.id, organisation: by.id },
		says: { organisation: by.name, n }
	});
	await tellOthers(write, context, cooperation, {
		to: mustAgree(cooperation.accepted).map(({ organisationId }) => organisationId),
		except: by.id,
		text: m.publications_notice_proposed({ organisation: by.name, cooperation: cooperation.name })
	});
}

const committed = (cooperation: Cooperation, able: readonly string[], organisation: string) => {
	const partner = cooperation.accepted.find(({ organisationId }) => organisationId === organisation);
	if (!partner || !able.includes(organisation)) throw new Refused('organisations.not-yours', {}, 'organisation');
	return partner;
};

/** Says yes or no to what is proposed, in the name of one organisation. The last yes puts the page online. */
export async function answerPage(
	context: Context,
	cooperationId: string,
	input: { version: string; organisation: string; answer: 'yes' | 'no'; reason: string | null }
): Promise<{ online: boolean }> {
	const { cooperation, write } = await locked(context, cooperationId, (read) => answersFor(context.actor, read).length > 0);
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	const by = committed(cooperation, answersFor(context.actor, cooperation), input.organisation);
	const before = await findPublicPage(context, cooperation);
	answerable({ id: input.version }, before.last ?? undefined);
	const said = before.answers.find(({ organisationId }) => organisationId === by.organisationId)?.said;
	if (said?.answer === input.answer && (said.reason ?? null) === input.reason)
		return { online: before.online?.id === input.version };
	// a no to what everybody reads takes it away, as a withdrawal does
	if (input.answer === 'no' && before.online?.id === input.version) {
		await takeAway(write, context, cooperation, by, input.reason);
		return { online: false };
	}
	await write
		.updateTable('publicPageAnswers')
		.set({ endedAt: context.now })
		.where('versionId', '=', input.version)
		.where('organisationId', '=', by.organisationId)
		.where('endedAt', 'is', null)
		.execute();
	await write
		.insertInto('publicPageAnswers')
		.values({
			id: newId(),
			versionId: input.version,
			organisationId: by.organisationId,
			answer: input.answer,
			reason: input.reason,
			at: context.now,
			byPerson: personOf(context.actor)
		})
		.execute();
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: input.answer === 'yes' ? 'publication-accepted' : 'publication-refused',
		ids: { version: input.version, organisation: by.organisationId },
		says: { organisation: by.name, n: before.last!.n }
	});
	const after = await findPublicPage(context, cooperation);
	const online = after.online?.id === input.version;
	if (online) await putOnline(write, context, cooperation, after.online!);
	return { online };
}

/** All have said yes: the versions before are past, so that none of them comes back by itself. */
async function putOnline(
	write: Writer,
	context: Context,
	cooperation: Cooperation,
	version: { id: string; n: number; publishedAt: Date | null }
): Promise<void> {
	await write
		.updateTable('publicPageVersions')
		.set({ publishedAt: version.publishedAt ?? context.now })
		.where('id', '=', version.id)
		.execute();
	await endAnswers(write, context, cooperation.id, version.n);
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'publication-online',
		ids: { version: version.id },
		says: { n: version.n }
	});
	await tellOthers(write, context, cooperation, {
		to: cooperation.accepted.map(({ organisationId }) => organisationId),
		except: '',
		text: m.publications_notice_online({ cooperation: cooperation.name })
	});
}

/** Ends what was said of the versions before one of them, or of all. */
const endAnswers = (write: Writer, { now }: Context, cooperationId: string, before: number | null) =>
	write
		.updateTable('publicPageAnswers')
		.set({ endedAt: now })
		.where('endedAt', 'is', null)
		.where('versionId', 'in', (eb) =>
			eb
				.selectFrom('publicPageVersions')
				.select('id')
				.where('cooperationId', '=', cooperationId)
				.$if(before !== null, (query) => query.where('n', '<', before!))
		)
		.execute();

async function takeAway(
	write: Writer,
	context: Context,
	cooperation: Cooperation,
	by: { organisationId: string; name: string },
	reason: string | null
): Promise<void> {
	await endAnswers(write, context, cooperation.id, null);
	const { last } = await findPublicPage(context, cooperation);
	if (last && !cooperation.endedAt)
		await write
			.insertInto('publicPageAnswers')
			.values({
				id: newId(),
				versionId: last.id,
				organisationId: by.organisationId,
				answer: 'no',
				reason,
				at: context.now,
				byPerson: personOf(context.actor)
			})
			.execute();
	await tell(write, context, {
		// nothing more is written into the journal of what has ended: it is told in the organisation's own
		chain: cooperation.endedAt ? { organisation: by.organisationId } : { cooperation: cooperation.id },
		verb: 'publication-withdrawn',
		ids: { organisation: by.organisationId },
		says: { organisation: by.name, cooperation: cooperation.name }
	});
	await tellOthers(write, context, cooperation, {
		to: cooperation.accepted.map(({ organisationId }) => organisationId),
		except: by.organisationId,
		text: m.publications_notice_withdrawn({ organisation: by.name, cooperation: cooperation.name })
	});
}

/** Takes one's yes back: nobody reads the page any more, from now on, until all say yes again. It can be done after the end too. */
export async function withdrawPage(
	context: Context,
	cooperationId: string,
	{ organisation, reason }: { organisation: string; reason: string | null }
): Promise<void> {
	const { cooperation, write } = await locked(context, cooperationId, (read) => answersFor(context.actor, read).length > 0);
	const by = committed(cooperation, answersFor(context.actor, cooperation), organisation);
	const { online } = await findPublicPage(context, cooperation);
	if (!online) throw new Refused('publications.not-online');
	await takeAway(write, context, cooperation, by, reason);
}

/** A public partner, a funder or a support says whether the page names it. It takes effect at once. */
export async function chooseName(
	context: Context,
	cooperationId: string,
	{ organisation, named }: { organisation: string; named: 'yes' | 'no' }
): Promise<void> {
	const { cooperation, write } = await locked(context, cooperationId, (read) => choosesNameFor(context.actor, read).length > 0);
	const by = committed(cooperation, choosesNameFor(context.actor, cooperation), organisation);
	const standing = (await findPublicPage(context, cooperation)).named.has(by.organisationId);
	if (standing === (named === 'yes')) return;
	await write
		.updateTable('publicPageNamings')
		.set({ endedAt: context.now })
		.where('cooperationId', '=', cooperation.id)
		.where('organisationId', '=', by.organisationId)
		.where('endedAt', 'is', null)
		.execute();
	await write
		.insertInto('publicPageNamings')
		.values({
			id: newId(),
			cooperationId: cooperation.id,
			organisationId: by.organisationId,
			named: named === 'yes',
			at: context.now,
			byPerson: personOf(context.actor)
		})
		.execute();
	await tell(write, context, {
		chain: cooperation.endedAt ? { organisation: by.organisationId } : { cooperation: cooperation.id },
		verb: named === 'yes' ? 'publication-named' : 'publication-unnamed',
		ids: { organisation: by.organisationId },
		says: { organisation: by.name, cooperation: cooperation.name }
	});
}

import { personOf } from '#platform/actor.ts';
import { today } from '#platform/clock.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { idFrom, newCode, newId } from '#platform/ids.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { revokeLinks } from '#modules/links/commands.server.ts';
import { findOrganisationName } from '#modules/organisations/queries.server.ts';
import { searchCommunes } from '#modules/territories/queries.server.ts';
import { communeInFull, communeLabel, placeKey, zoneOf } from '#modules/territories/rules.ts';
import { m } from '#words';
import type { z } from '#platform/forms.ts';
import { limitDropped, limitPublished, limitSent } from './commands/limits.server.ts';
import { tellVoices, writeToInhabitant } from './commands/telling.server.ts';
import type { dropAsInhabitantForm, Dropped, joinAsInhabitantForm, Joined } from './forms.ts';
import { maySpeak, mayTakeOut } from './policy.ts';
import { findIdeaOfLink, findWholeIdea, pathOf, voicesOf, type WholeIdea } from './queries.server.ts';
import { firstName, holdsUntil, stillOpen, voicesAtMost } from './rules.ts';

/** The commune that is meant; a name that several bear is asked again, since an idea is found by its place. */
function communeMeant(words: string): { communeCode: string | null; communeName: string | null; zone: string } {
	const found = [...new Map(searchCommunes(words, 6).map((one) => [one.code, one])).values()];
	const typed = placeKey(words);
	const whole = found.filter(({ name, department, departmentName }) =>
		[`${name} ${department}`, `${name} ${departmentName}`].some((one) => placeKey(one) === typed)
	);
	const same = found.filter(({ name }) => placeKey(name) === typed);
	const [sure, other] = whole.length ? whole : same.length ? same : found;
	if (!sure) return { communeCode: null, communeName: words, zone: zoneOf(null) };
	if (!other) return { communeCode: sure.code, communeName: communeLabel(sure), zone: zoneOf(sure.code) };
	const list = (same.length ? same : found).map((one) => communeInFull(one)).join(' ; ');
	throw new Refused('ideas.commune-unsure', { list }, 'commune');
}

type NewIdea = Pick<Dropped, 'id' | 'text' | 'commune' | 'inside'>;

/** Writes an idea; nothing when it is there already. */
async function writeIdea(write: Writer, { now }: Context, input: NewIdea, published: boolean) {
	const place = communeMeant(input.commune);
	return write
		.insertInto('ideas')
		.values({
			id: input.id,
			code: newCode(),
			text: input.text,
			...place,
			inside: input.inside,
			droppedAt: now,
			publishedAt: published ? now : null,
			changedAt: now,
			holdsUntil: holdsUntil(today(now, place.zone))
		})
		.onConflict((conflict) => conflict.column('id').doNothing())
		.returning(['id', 'code', 'text'])
		.executeTakeFirst();
}

/** Tells the journal of an organisation what it did with an idea, by what it is called; gives back that name. */
async function tellOf(
	write: Writer,
	context: Context,
	organisation: string,
	verb: 'idea-dropped' | 'idea-joined' | 'idea-left',
	idea: { id: string; text: string }
): Promise<string> {
	const name = (await findOrganisationName(write, organisation)) ?? '';
	await tell(write, context, {
		chain: { organisation },
		verb,
		ids: { idea: idea.id },
		says: { organisation: name, text: idea.text }
	});
	return name;
}

/** Drops an idea: one sentence and a place, for oneself or for an organisation. Sent twice, it is dropped once. */
export async function dropIdea(context: Context, { organisation, ...input }: Dropped): Promise<string> {
	const { actor, now } = context;
	const write = allow(context, actor.is === 'person' && maySpeak(actor, organisation));
	const idea = await writeIdea(write, context, input, true);
	if (!idea) {
		const known = await write.selectFrom('ideas').select(['text', 'code']).where('id', '=', input.id).executeTakeFirstOrThrow();
		const voices = await voicesOf(write, input.id);
		if (!voices.some((one) => one.dropped && mayTakeOut(actor, one))) throw new Refused('forms.id-unreal');
		// a page that is brought back keeps its id: other words are another idea
		if (known.text !== input.text) return dropIdea(context, { organisation, ...input, id: idFrom(input.id, input.text) });
		return pathOf(known);
	}
	await limitDropped(write, context, { personId: personOf(actor) });
	await write
		.insertInto('ideaVoices')
		.values({
			id: newId(),
			ideaId: input.id,
			dropped: true,
			organisationId: organisation,
			personId: personOf(actor),
			lendsHand: false,
			joinedAt: now,
			confirmedAt: now
		})
		.execute();
	if (organisation) await tellOf(write, context, organisation, 'idea-dropped', idea);
	return pathOf(idea);
}

/** Asks an inhabitant to confirm their address by a link. */
const askToConfirm = (
	write: Writer,
	context: Context,
	voice: { id: string; name: string; email: string },
	text: string
): Promise<void> =>
	writeToInhabitant(write, context, voice, {
		subject: m.ideas_mail_confirm_subject(),
		title: m.ideas_mail_confirm_title({ name: firstName(voice.name) }),
		paragraphs: [text],
		button: m.ideas_mail_confirm_button()
	});

/** Drops the idea of somebody without an account: it waits for their address to be confirmed by a link, and nobody reads it before. */
export async function dropAsInhabitant(
	context: Context,
	{ name, email, website, agreed: _agreed, ...input }: z.output<typeof dropAsInhabitantForm>,
	network: string
): Promise<void> {
	const { now, actor } = context;
	await limitSent(context, { network, email });
	const write = allow(context, maySpeak(actor, null));
	// a machine filled in what nobody sees: it is told what people are told, and nothing is kept
	if (website) return;
	const there = await write.selectFrom('ideas').select('text').where('id', '=', input.id).executeTakeFirst();
	// a page that is brought back keeps its id: other words are another idea
	if (there && there.text !== input.text) input = { ...input, id: idFrom(input.id, `${email} ${input.text}`) };
	if (!(await writeIdea(write, context, { ...input, inside: false }, false))) return;
	await limitDropped(write, context, { email });
	const voice = { id: newId(), name, email };
	await write
		.insertInto('ideaVoices')
		.values({ ...voice, ideaId: input.id, dropped: true, lendsHand: false, joinedAt: now })
		.execute();
	await askToConfirm(write, context, voice, m.ideas_mail_confirm_drop({ text: input.text }));
}

/** Somebody joins, or comes back: what slept wakes, and the season begins again. */
export async function liven(write: Writer, { now }: Context, idea: { id: string; zone: string }): Promise<void> {
	await write
		.updateTable('ideas')
		.set({ asleepAt: null, askedAt: null, changedAt: now, holdsUntil: holdsUntil(today(now, idea.zone)) })
		.where('id', '=', idea.id)
		.execute();
}

/** An idea that one may join, which nobody closes in between. */
async function joinable(write: Writer, context: Context, address: string): Promise<WholeIdea> {
	const idea = await findWholeIdea(context, address);
	if (!idea.publishedAt) throw new NotFound();
	const now = await write
		.selectFrom('ideas')
		.select(['becameAt', 'hiddenAt'])
		.where('id', '=', idea.id)
		.forUpdate()
		.executeTakeFirstOrThrow(() => new NotFound());
	stillOpen(now);
	if (idea.voices.length >= voicesAtMost) throw new Refused('ideas.too-many-voices');
	return idea;
}

/** Joins an idea with a sentence, for oneself or for an organisation. Those who were there are told. Sent twice, one joins once. */
export async function joinIdea(context: Context, address: string, { id, bring, organisation, lends }: Joined): Promise<void> {
	const { actor, now } = context;
	const write = allow(context, actor.is === 'person' && maySpeak(actor, organisation));
	const idea = await joinable(write, context, address);
	const there = idea.rows.find((one) => mayTakeOut(actor, one) && one.organisationId === organisation);
	if (there?.id === id && there.text === bring) return;
	if (there) throw new Refused('ideas.joined-already');
	const joined = await write
		.insertInto('ideaVoices')
		.values({
			id,
			ideaId: idea.id,
			dropped: false,
			organisationId: organisation,
			personId: personOf(actor),
			text: bring,
			lendsHand: organisation === null && lends,
			joinedAt: now,
			confirmedAt: now
		})
		.onConflict((conflict) => conflict.column('id').doNothing())
		.executeTakeFirst();
	if (joined.numInsertedOrUpdatedRows === 0n) throw new Refused('forms.id-unreal');
	await liven(write, context, idea);
	const name = organisation
		? await tellOf(write, context, organisation, 'idea-joined', idea)
		: firstName(actor.is === 'person' ? actor.name : '');
	await tellVoices(write, context, idea.rows, { text: m.ideas_told_joined({ who: name, text: idea.text }), path: idea.path });
}

/** Joins as somebody without an account: it counts once the address is confirmed. An address that is there already is written to alike. */
export async function joinAsInhabitant(
	context: Context,
	address: string,
	{ id, bring, lends, name, email, website }: z.output<typeof joinAsInhabitantForm>,
	network: string
): Promise<void> {
	const { now, actor } = context;
	await limitSent(context, { network, email });
	const write = allow(context, maySpeak(actor, null));
	if (website) return;
	const idea = await joinable(write, context, address);
	// somebody who tries again, or is there already, gets another link and no second voice
	const there = idea.rows.find((one) => one.email === email);
	const voice = { id: there?.id ?? id, name, email };
	if (!there) {
		const joined = await write
			.insertInto('ideaVoices')
			.values({ ...voice, ideaId: idea.id, dropped: false, text: bring, lendsHand: lends, joinedAt: now })
			.onConflict((conflict) => conflict.column('id').doNothing())
			.executeTakeFirst();
		if (joined.numInsertedOrUpdatedRows === 0n) throw new Refused('forms.id-unreal');
	} else if (there.id === id) return;
	await askToConfirm(write, context, voice, m.ideas_mail_confirm_join({ text: idea.text }));
}

/** Confirms an address by its link: the idea is published, or the voice counts. Confirmed twice, it is so once. */
export async function confirmVoice(context: Context): Promise<string> {
	const { now, actor } = context;
	const { voice, address } = await findIdeaOfLink(context);
	const idea = await findWholeIdea(context, address);
	const row = idea.rows.find(({ id }) => id === voice.id);
	const write = allow(context, row !== undefined && mayTakeOut(actor, row));
	if (voice.confirmedAt) return idea.path;
	if (!voice.dropped) stillOpen(idea);
	if (voice.dropped) await limitPublished(write, context, idea);
	await write.updateTable('ideaVoices').set({ confirmedAt: now, toldAt: now }).where('id', '=', voice.id).execute();
	if (voice.dropped) await write.updateTable('ideas').set({ publishedAt: now }).where('id', '=', idea.id).execute();
	await liven(write, context, idea);
	if (!voice.dropped)
		await tellVoices(
			write,
			context,
			idea.rows.filter(({ id }) => id !== voice.id),
			{ text: m.ideas_told_joined({ who: firstName(row!.name ?? ''), text: idea.text }), path: idea.path }
		);
	return idea.path;
}

/** Takes a voice out, with the name, the address and the sentence. The idea of whoever is alone with it goes with them. Once is enough. */
export async function takeOut(context: Context, address: string, { voice: id }: { voice: string }): Promise<{ gone: boolean }> {
	const { now } = context;
	const idea = await findWholeIdea(context, address);
	const voice = idea.rows.find((one) => one.id === id);
	if (!voice) {
		const left = await context.db
			.selectFrom('ideaVoices')
			.select(['id', 'organisationId', 'personId', 'dropped', 'confirmedAt'])
			.where('id', '=', id)
			.where('ideaId', '=', idea.id)
			.executeTakeFirst();
		if (!left || !mayTakeOut(context.actor, left)) throw new NotFound();
		return { gone: false };
	}
	const write = allow(context, mayTakeOut(context.actor, voice));
	const gone = await letGo(write, context, idea, voice);
	if (voice.organisationId) await tellOf(write, context, voice.organisationId, 'idea-left', idea);
	await revokeLinks(write, now, { thing: voice.id });
	return { gone };
}

/** Forgets a voice, and the idea when nobody else stands in it and nothing came of it. The caller has been allowed. */
export async function letGo(
	write: Writer,
	{ now }: Context,
	idea: { id: string; cooperationId: string | null },
	voice: { id: string }
): Promise<boolean> {
	// whoever joins at the same time is waited for: their voice keeps the idea
	await write.selectFrom('ideas').select('id').where('id', '=', idea.id).forUpdate().execute();
	const others = (await voicesOf(write, idea.id)).filter((one) => one.id !== voice.id && one.confirmedAt);
	if (!others.length && !idea.cooperationId) {
		await write.deleteFrom('ideas').where('id', '=', idea.id).execute();
		return true;
	}
	await write
		.updateTable('ideaVoices')
		.set({ leftAt: now, name: null, email: null, text: null })
		.where('id', '=', voice.id)
		.execute();
	return false;
}

import { speaksFor, personOf } from '#platform/actor.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { speaker } from '#modules/cooperations/commands.server.ts';
import { speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperationById, type Cooperation } from '#modules/cooperations/queries.server.ts';
import { isHereOrInvited } from '#modules/cooperations/rules.ts';
import { listPeopleOf } from '#modules/organisations/queries/people.server.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { idFrom, newId } from '#platform/ids.ts';
import { currencyName, fromHundredths } from '#platform/money.ts';
import type { Revised, Written } from './forms.ts';
import { mayRevise, mayShare, mayWrite } from './policy.ts';
import { findLine, type LineSeen } from './queries.server.ts';
import { detailsFor, usualAudience, type Audience, type Details, type Kind } from './rules.ts';

export type Evidence = 'direct' | 'minutes' | 'telephone' | 'paper' | 'link';

/** Where a line comes from: the meeting or the call in which it was said, the line or the idea of the library that it takes up. */
export type Source = { kind: 'meeting' | 'call' | 'page' | 'line' | 'library'; id: string } | null;

type NewLine = Partial<Details> & {
	id: string;
	kind: Kind;
	text: string;
	audience: Audience | null;
	evidence: Evidence;
	source: Source;
	speaker: { id: string; name: string };
};

/** Details may name partners and their people, and nobody else. An invited one reads what is asked of it before it accepts. */
async function checkNames(context: Context, cooperation: Cooperation, details: Details): Promise<void> {
	const standing = cooperation.partners.filter(isHereOrInvited);
	const known = new Set(standing.map(({ organisationId }) => organisationId));
	for (const field of ['whoOrganisation', 'heldBy'] as const) {
		const id = details[field];
		if (id && !known.has(id)) throw new Refused('lines.not-a-partner', {}, field);
	}
	if (!details.whoPerson) return;
	const people = await listPeopleOf(context, details.whoOrganisation ? [details.whoOrganisation] : [...known]);
	const found = people.find(({ personId }) => personId === details.whoPerson);
	if (!found) throw new Refused('lines.not-a-member', {}, 'whoPerson');
	details.whoOrganisation = found.organisationId;
}

/** A measure is about an indicator of the same cooperation, which everyone who reads the one can read. */
async function checkAbout(context: Context, cooperation: Cooperation, { about }: Details): Promise<void> {
	if (!about) return;
	const { line } = await findLine(context, about);
	if (line.cooperationId !== cooperation.id) throw new NotFound();
	if (line.audience === 'organisation') throw new Refused('lines.not-about-that', {}, 'about');
}

/** Forms read amounts in hundredths; a currency may have no cents. */
export function inCurrency<I extends { cents: number | null }>(input: I, { currency }: Cooperation): I {
	if (input.cents === null) return input;
	const cents = fromHundredths(input.cents, currency);
	if (cents === null) throw new Refused('lines.no-cents', { currency: currencyName(currency) }, 'cents');
	return { ...input, cents };
}

/** What comes by telephone or on paper, or was said by another organisation in a meeting, is entered by the writer, not said. */
const saidByWriter = (evidence: Evidence, own: boolean): boolean =>
	evidence !== 'telephone' && evidence !== 'paper' && (evidence !== 'minutes' || own);

/**
 * Adds a line; the caller has been allowed (a member of a partner, the one who takes the minutes, an accompagnateur on the
 * telephone). What is kept at home is journalled in that organisation's chain alone. A repeated id writes nothing more, unless
 * it comes with another sentence: whoever goes back to the page and writes something else loses nothing. Returns the line's id.
 */
export async function addLine(write: Writer, context: Context, cooperation: Cooperation, line: NewLine): Promise<string> {
	const { actor, now } = context;
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	const details = detailsFor(line.kind, line);
	await checkNames(context, cooperation, details);
	await checkAbout(context, cooperation, details);
	const audience = line.audience ?? (line.evidence === 'direct' ? usualAudience(line.kind, details.topic) : 'partners');
	const person = personOf(actor);
	const written = await write
		.insertInto('lines')
		.values({
			...details,
			id: line.id,
			root: line.id,
			cooperationId: cooperation.id,
			kind: line.kind,
			text: line.text,
			currency: details.cents === null ? null : cooperation.currency,
			personId: saidByWriter(line.evidence, speaksFor(actor, line.speaker.id)) ? person : null,
			actingFor: line.speaker.id,
			enteredBy: person,
			evidence: line.evidence,
			sourceKind: line.source?.kind ?? null,
			sourceId: line.source?.id ?? null,
			audience,
			writtenAt: now
		})
		.onConflict((conflict) => conflict.column('id').doNothing())
		.executeTakeFirst();
	if (written.numInsertedOrUpdatedRows === 0n) {
		const known = await write
			.selectFrom('lines')
			.select(['cooperationId', 'kind', 'text'])
			.where('id', '=', line.id)
			.executeTakeFirst();
		if (known?.cooperationId !== cooperation.id) throw new NotFound();
		if (known.kind === line.kind && known.text === line.text) return line.id;
		return addLine(write, context, cooperation, { ...line, id: idFrom(line.id, `${line.kind} ${line.text}`) });
	}
	await tellLine(write, context, cooperation, { ...line, audience }, 'line-written', {});
	return line.id;
}

/** Tells the journal what happened to a line: what is kept at home in that organisation's chain alone. */
export async function tellLine(
	write: Writer,
	context: Context,
	cooperation: Cooperation,
	line: { id: string; kind: Kind; text: string; audience: Audience; speaker: { id: string; name: string } },
	verb: string,
	more: Record<string, string>
): Promise<void> {
	const home = line.audience === 'organisation';
	if (!home) await write.updateTable('cooperations').set({ lastLineAt: context.now }).where('id', '=', cooperation.id).execute();
	await tell(write, context, {
		chain: home ? { organisation: line.speaker.id } : { cooperation: cooperation.id },
		verb,
		ids: { line: line.id, kind: line.kind, audience: line.audience, organisation: line.speaker.id },
		says: { organisation: line.speaker.name, text: line.text, ...more }
	});
}

/** Writes a line in the name of one's organisation: one sentence and a kind. */
export async function writeLine(context: Context, cooperationId: string, input: Written, source: Source = null): Promise<void> {
	const cooperation = await findCooperationById(context, cooperationId);
	const mine = speaksHereFor(context.actor, cooperation);
	const write = allow(
		context,
		mine.length > 0 && (input.actingFor === null || mayWrite(context.actor, cooperation, input.actingFor))
	);
	await addLine(write, context, cooperation, {
		...inCurrency(input, cooperation),
		evidence: 'direct',
		source,
		speaker: speaker(context, cooperation, input.actingFor)
	});
}

/** A line with its cooperation. `within` is the cooperation of the page that asks: a line of another one isn't there. */
export async function lineAt(
	context: Context,
	id: string,
	within?: string
): Promise<{ line: LineSeen; cooperation: Cooperation }> {
	const { line } = await findLine(context, id);
	if (within !== undefined && line.cooperationId !== within) throw new NotFound();
	return { line, cooperation: await findCooperationById(context, line.cooperationId) };
}

/** What the next version of a line keeps of it, before anything is changed; it is written by whoever asks. */
export function nextVersion({ actor, now }: Context, line: LineSeen, id: string) {
	const { root, cooperationId, kind, text, actingFor, sourceKind, sourceId, audience } = line;
	const { topic, whoOrganisation, whoPerson, heldBy, startsOn, endsOn, phase, cents, currency, quantity, unit, about } = line;
	const { likelihood, severity, remedy, lesson } = line;
	const person = personOf(actor);
	return {
		id,
		root,
		replaces: line.id,
		cooperationId,
		kind,
		text,
		personId: person,
		actingFor,
		enteredBy: person,
		evidence: 'direct',
		sourceKind,
		sourceId,
		audience,
		writtenAt: now,
		topic,
		whoOrganisation,
		whoPerson,
		heldBy,
		startsOn,
		endsOn,
		phase,
		cents,
		currency,
		quantity,
		unit,
		about,
		likelihood,
		severity,
		remedy,
		lesson
	};
}

/**
 * Revises a line: the old one stays, with the reason of the new one. `id` is the version that was read: when another revised it
 * in between, nothing is written and both texts are shown.
 */
export async function reviseLine(context: Context, input: Revised, within?: string): Promise<void> {
	const read = await lineAt(context, input.id, within);
	const { cooperation } = read;
	const write = allow(context, mayRevise(context.actor, cooperation, read.line));
	// Two people at once wait for each other here; the second then reads what the first wrote.
	await write.selectFrom('lines').select('id').where('id', '=', read.line.root).forUpdate().execute();
	const { line } = await findLine(context, input.id);
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	if (line.id !== input.id)
		throw new Refused('lines.changed-meanwhile', { theirs: line.text, who: line.author ?? line.speaker, latest: line.id });
	const own = speaksHereFor(context.actor, cooperation).includes(line.actingFor);
	const by = own ? { id: line.actingFor, name: line.speaker } : speaker(context, cooperation, input.actingFor);
	const details = detailsFor(line.kind, { ...inCurrency(input, cooperation), topic: input.topic ?? line.topic });
	await checkNames(context, cooperation, details);
	await checkAbout(context, cooperation, details);
	const id = newId();
	await write
		.insertInto('lines')
		.values({
			...nextVersion(context, line, id),
			...details,
			text: input.text,
			reason: input.reason,
			currency: details.cents === null ? null : cooperation.currency
		})
		.execute();
	await tellLine(
		write,
		context,
		cooperation,
		{ id, kind: line.kind, text: input.text, audience: line.audience, speaker: by },
		'line-revised',
		{ before: line.text, reason: input.reason }
	);
}

/** Shares with the partners what was kept at home, whole or reworded: a new root in the cooperation's chain. */
export async function shareLine(
	context: Context,
	{ id, text, audience }: { id: string; text: string; audience: Exclude<Audience, 'organisation'> },
	within?: string
): Promise<void> {
	const { line, cooperation } = await lineAt(context, id, within);
	const write = allow(context, mayShare(context.actor, cooperation, line));
	await addLine(write, context, cooperation, {
		...line,
		id: newId(),
		text,
		audience,
		evidence: 'direct',
		source: { kind: 'line', id: line.root },
		speaker: { id: line.actingFor, name: line.speaker }
	});
}

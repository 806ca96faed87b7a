import { m } from '#words';
import { beginChain, tell } from '#modules/journal/commands.server.ts';
import { searchCommunes } from '#modules/territories/queries.server.ts';
import { zoneOf } from '#modules/territories/rules.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { newCode, newId } from '#platform/ids.ts';
import { today } from '#platform/clock.ts';
import { type May, personOf } from '#platform/actor.ts';
import { keepConfirmation } from './commands/confirming.server.ts';
import type { Profile } from './forms.ts';
import { mayManage, mayRegister } from './policy.ts';
import { findAlike, listNamesakes, pathOf, placeOf } from './queries.server.ts';
import { managersOf } from './queries/people.server.ts';
import { readIdentifier, type Identifier } from './rules/identifiers.ts';
import type { Kind } from './rules/mandates.ts';
import { nameKey } from './rules/names.ts';

/** A commune of the official referential when one is meant without doubt; otherwise the words as they were written. */
export function placeFrom(words: string | null): { communeCode: string | null; communeName: string | null; zone: string } {
	const [first, second] = words ? searchCommunes(words, 2) : [];
	const sure = first && (!second || first.name.toLowerCase() === words!.toLowerCase()) ? first : null;
	return sure
		? { communeCode: sure.code, communeName: sure.name, zone: zoneOf(sure.code) }
		: { communeCode: null, communeName: words, zone: 'Europe/Paris' };
}

/** Adds a row to the directory, with its chain. The caller has been allowed. */
export async function addOrganisation(
	write: Writer,
	context: Context,
	{
		name,
		kind,
		commune,
		purpose,
		...contact
	}: { name: string; kind: Kind; commune: string | null; purpose?: string | null; email?: string | null; phone?: string | null }
): Promise<{ id: string; code: string; name: string }> {
	const { actor, now } = context;
	const organisation = { id: newId(), code: newCode(), name };
	await write
		.insertInto('organisations')
		.values({
			...organisation,
			...placeFrom(commune),
			kind,
			nameKey: nameKey(name),
			purpose: purpose ?? null,
			email: contact.email ?? null,
			phone: contact.phone ?? null,
			registeredAt: now,
			registeredBy: personOf(actor),
			updatedAt: now
		})
		.execute();
	const chain = { organisation: organisation.id };
	await beginChain(write, chain);
	await tell(write, context, { chain, verb: 'organisation-registered', says: { name } });
	return organisation;
}

/** Those of that name wherever they are, else the one of the commune that is likely the same under another name. */
async function likelyThere(context: Context, { name, commune }: { name: string; commune: string | null }) {
	const namesakes = await listNamesakes(context, nameKey(name));
	const { communeCode } = placeFrom(commune);
	if (namesakes.length || !communeCode) return namesakes;
	const alike = await findAlike(context, name, communeCode);
	return alike ? [alike] : [];
}

/** Registers one's own organisation: whoever does it is its first manager. */
export async function registerOrganisation(
	context: Context,
	input: {
		name: string;
		kind: Kind;
		commune: string | null;
		purpose: string | null;
		identifier: string | null;
		/** Another of that name was shown, and it is not the same. */
		another?: boolean;
	}
) {
	const write = allow(context, mayRegister(context.actor));
	const [namesake, ...others] = input.another ? [] : await likelyThere(context, input);
	if (namesake)
		throw new Refused('organisations.maybe-there', {
			name: namesake.name,
			place: placeOf(namesake) ?? '',
			path: pathOf(namesake),
			managers: (await managersOf(context.db, namesake.id)).map(({ name }) => name).join(', '),
			others: others.length
		});
	const organisation = await addOrganisation(write, context, input);
	if (input.identifier) await writeIdentifier(write, context, organisation.id, input.identifier);
	if (context.actor.is === 'person')
		await addMember(write, context, organisation.id, { personId: context.actor.id, manager: true, may: 'sign' });
	return organisation;
}

/** Makes a person a member, once, with what they may do there. The caller has been allowed. */
export async function addMember(
	write: Writer,
	{ actor, now }: Context,
	organisationId: string,
	{
		personId,
		manager,
		may,
		givenBy,
		accompanies = false
	}: { personId: string; manager: boolean; may: May; givenBy?: string | null; accompanies?: boolean }
): Promise<void> {
	const given = givenBy ?? personOf(actor);
	const already = await write
		.selectFrom('memberships')
		.select('id')
		.where('organisationId', '=', organisationId)
		.where('personId', '=', personId)
		.where('leftAt', 'is', null)
		.executeTakeFirst();
	const membershipId = already?.id ?? newId();
	if (!already)
		await write.insertInto('memberships').values({ id: membershipId, organisationId, personId, joinedAt: now }).execute();
	if (accompanies)
		await write
			.updateTable('memberships')
			.set({ accompaniesSince: now })
			.where('id', '=', membershipId)
			.where('accompaniesSince', 'is', null)
			.execute();
	if (manager) await nameManager(write, now, membershipId, given);
	else if (may !== 'discuss')
		await write
			.insertInto('mandates')
			.values({ id: newId(), membershipId, may, validFrom: today(now, 'Europe/Paris'), givenBy: given, givenAt: now })
			.execute();
}

/** Makes a member a manager. Whoever is one already stays so. */
export const nameManager = (write: Writer, now: Date, membershipId: string, givenBy: string | null) =>
	write
		.insertInto('managers')
		.values({ id: newId(), membershipId, since: now, givenBy })
		.onConflict((conflict) => conflict.column('membershipId').where('until', 'is', null).doNothing())
		.execute();

/** What each part of a card is called where it is said what another wrote there. */
const partsOfCard: [part: keyof Profile, name: () => string][] = [
	['name', m.organisations_name],
	['shortName', m.organisations_short_name],
	['otherNames', m.organisations_other_names],
	['commune', m.organisations_commune],
	['purpose', m.organisations_purpose_long],
	['themes', m.organisations_themes],
	['audiences', m.organisations_audiences],
	['values', m.organisations_values_own],
	['networks', m.organisations_networks],
	['constraints', m.organisations_constraints],
	['employees', m.organisations_employees_count],
	['volunteers', m.organisations_volunteers_count],
	['phone', m.organisations_phone],
	['email', m.organisations_email],
	['website', m.organisations_website]
];

/** The parts of the card that would say something else, with what they say now. */
function partsThatDiffer(there: { communeCode: string | null; communeName: string | null }, typed: Profile) {
	const said = (value: unknown): string => [value ?? ''].flat().join(', ').trim();
	const theirs: Record<string, unknown> = { ...there, commune: placeOf(there) };
	const ours: Record<string, unknown> = { ...typed, commune: placeOf(placeFrom(typed.commune)) };
	return partsOfCard
		.filter(([part]) => said(theirs[part]) !== said(ours[part]))
		.map(([part, name]) => ({ name, theirs: said(theirs[part]) }));
}

/** Somebody else wrote the card since it was read: nothing is written over before it was seen. */
async function unchangedSince(write: Writer, organisationId: string, read: string, typed: Profile): Promise<void> {
	const there = await write
		.selectFrom('organisations')
		.selectAll()
		.where('id', '=', organisationId)
		.forUpdate()
		.executeTakeFirstOrThrow();
	if (there.updatedAt.toISOString() === read) return;
	const differs = partsThatDiffer(there, typed);
	if (!differs.length) return;
	const told = differs.map(({ name, theirs }) =>
		m.organisations_card_says({ part: name(), text: theirs.slice(0, 300) || m.organisations_card_says_nothing() })
	);
	throw new Refused('organisations.changed-meanwhile', { theirs: told.join(' ; ') });
}

/**
 * Changes what the directory says of an organisation. What another wrote since `read` is shown first. The caller has been allowed:
 * a manager, or the hub in its name.
 */
export async function writeProfile(write: Writer, context: Context, organisationId: string, profile: Profile): Promise<void> {
	const { commune, read, ...said } = profile;
	if (read) await unchangedSince(write, organisationId, read, profile);
	await write
		.updateTable('organisations')
		.set({ ...said, ...placeFrom(commune), nameKey: nameKey(profile.name), updatedAt: context.now })
		.where('id', '=', organisationId)
		.execute();
	await tell(write, context, { chain: { organisation: organisationId }, verb: 'profile-changed', says: { name: profile.name } });
}

/** Whoever manages the organisation changes its card, or finds it right: either is this year's confirmation. */
export async function changeProfile(context: Context, organisationId: string, profile: Profile): Promise<void> {
	const write = allow(context, mayManage(context.actor, organisationId));
	const there = await write.selectFrom('organisations').selectAll().where('id', '=', organisationId).executeTakeFirstOrThrow();
	const outcome = partsThatDiffer(there, profile).length ? 'corrected' : 'confirmed';
	await writeProfile(write, context, organisationId, profile);
	await keepConfirmation(write, context, organisationId, outcome);
}

/** Chooses what strangers and the files that people take away show of it. */
export async function chooseWhatShows(context: Context, organisationId: string, { shows }: { shows: string[] }): Promise<void> {
	const write = allow(context, mayManage(context.actor, organisationId));
	await write
		.updateTable('organisations')
		.set({ shows: [...new Set(shows)].toSorted() })
		.where('id', '=', organisationId)
		.execute();
	await tell(write, context, {
		chain: { organisation: organisationId },
		verb: 'organisation-shown-outside',
		says: { shows: shows.join(', ') }
	});
}

/** The number as it is kept; what is wrong with it is said under its field. */
function identifierFrom(typed: string): Identifier {
	try {
		return readIdentifier(undefined, typed);
	} catch (problem) {
		if (problem instanceof Refused) throw new Refused(problem.code, problem.details, 'identifier');
		throw problem;
	}
}

/** Adds a number whose arithmetic holds. An organisation may have none, or several of a kind. The caller has been allowed. */
export const writeIdentifier = (write: Writer, context: Context, organisationId: string, typed: string, reason?: string | null) =>
	keepIdentifiers(write, context, organisationId, [identifierFrom(typed)], { reason });

/** Keeps numbers that an organisation bears, with where they come from; one that it bears already stays as it is. */
export async function keepIdentifiers(
	write: Writer,
	context: Context,
	organisationId: string,
	numbers: Identifier[],
	{ source = null, reason = null }: { source?: string | null; reason?: string | null }
): Promise<void> {
	for (const { kind, value } of numbers) {
		const added = await write
			.insertInto('organisationIdentifiers')
			.values({ organisationId, kind, value, addedAt: context.now, addedBy: personOf(context.actor), source, reason })
			.onConflict((conflict) => conflict.doNothing())
			.executeTakeFirst();
		if (added.numInsertedOrUpdatedRows)
			await tell(write, context, { chain: { organisation: organisationId }, verb: 'identifier-added', says: { value } });
	}
}

/** Ends a number that an organisation no longer bears, or never did: it goes to its history. The caller has been allowed. */
export async function endIdentifier(
	write: Writer,
	context: Context,
	organisationId: string,
	{ kind, value, reason }: { kind: string; value: string; reason: string }
): Promise<void> {
	const ended = await write
		.deleteFrom('organisationIdentifiers')
		.where('organisationId', '=', organisationId)
		.where('kind', '=', kind)
		.where('value', '=', value)
		.returning(['source', 'addedAt as since', 'addedBy as sinceBy'])
		.executeTakeFirst();
	if (!ended) return;
	await write
		.insertInto('pastIdentifiers')
		.values({
			id: newId(),
			organisationId,
			kind,
			value,
			...ended,
			until: context.now,
			untilBy: personOf(context.actor),
			reason
		})
		.execute();
	await tell(write, context, {
		chain: { organisation: organisationId },
		verb: 'identifier-removed',
		says: { value, reason }
	});
}

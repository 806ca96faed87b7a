import { m } from '#words';
import { noteAcceptance } from '#modules/cooperations/commands/partners.server.ts';
import { findCooperationById, idOfCode } from '#modules/cooperations/queries.server.ts';
import { writeAnswer, writeEnd, writeProposal } from '#modules/hubs/commands.server.ts';
import { findOpenHub } from '#modules/hubs/queries.server.ts';
import type { Accompanied } from '#modules/hubs/rules.ts';
import { welcomePartner } from '#modules/meetings/commands/welcoming.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { addLine } from '#modules/lines/commands.server.ts';
import { noDetails } from '#modules/lines/rules.ts';
import { writeProfile } from '#modules/organisations/commands.server.ts';
import type { Profile } from '#modules/organisations/forms.ts';
import { accompagnateursOf, listPeopleOf } from '#modules/organisations/queries/people.server.ts';
import { mayChangeAccount } from '#modules/people/policy.ts';
import { findAccount } from '#modules/people/queries.server.ts';
import { tellManagers, tellThose } from '#modules/organisations/commands/telling.server.ts';
import { allow, as, type Context } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import type { CallSaid } from './forms.ts';
import { commitsFor, isOfHub, mayAnswer, mayAnswerForSide, mayEnd, mayNoteCall, mayWriteProfileFor } from './policy.ts';
import { findAccompanied, findCallable, findRelation, sideOf } from './queries.server.ts';

async function openHub({ db }: Context, hubId: string) {
	const hub = await findOpenHub(db, hubId);
	if (!hub) throw new NotFound();
	return hub;
}

/**
 * Asks a hub to accompany one's organisation or cooperation; whoever accompanies for it answers. While nobody does, those who
 * manage it learn that somebody waits.
 */
export async function askAccompaniment(context: Context, accompanied: Accompanied, { hubId }: { hubId: string }): Promise<void> {
	const write = allow(context, mayAnswerForSide(context.actor, await sideOf(context, accompanied)));
	const hub = await openHub(context, hubId);
	await writeProposal(write, context, { hub, accompanied, byHub: false });
	const told = { kind: 'accompaniment', cooperationId: null, text: m.hubs_told_asked({ hub: hub.name }) } as const;
	const people = await accompagnateursOf(write, hub.id);
	if (people.length) await tellThose(write, context, people, { ...told, path: '/maison' });
	else await tellManagers(write, context, [hub.id], { ...told, path: `${hub.path}/gerer` });
}

/** A hub proposes to accompany an organisation, which answers in its own name. */
export async function proposeToOrganisation(
	context: Context,
	organisation: { id: string; path: string },
	{ hubId }: { hubId: string }
): Promise<void> {
	const write = allow(context, isOfHub(context.actor, hubId));
	const hub = await openHub(context, hubId);
	await writeProposal(write, context, { hub, accompanied: { organisationId: organisation.id }, byHub: true });
	await tellManagers(write, context, [organisation.id], {
		kind: 'accompaniment',
		cooperationId: null,
		text: m.hubs_told_proposed({ hub: hub.name }),
		houseId: hub.id,
		path: `${organisation.path}/accompagnement`
	});
}

/** A hub proposes to accompany a cooperation whose code it was told; it sees nothing of it before a partner accepts. */
export async function proposeToCooperation(context: Context, { hubId, code }: { hubId: string; code: string }): Promise<void> {
	const write = allow(context, isOfHub(context.actor, hubId));
	const hub = await openHub(context, hubId);
	const cooperationId = await idOfCode(context, code);
	if (!cooperationId) throw new Refused('hubs.code-unknown', {}, 'code');
	await writeProposal(write, context, { hub, accompanied: { cooperationId }, byHub: true });
	const { accepted, path } = await findCooperationById(as(context, { is: 'system', name: 'accompaniment' }), cooperationId);
	await tellManagers(
		write,
		context,
		accepted.map(({ organisationId }) => organisationId),
		{
			kind: 'accompaniment',
			cooperationId,
			text: m.hubs_told_proposed_here({ hub: hub.name }),
			path: `${path}/accompagnement`,
			houseId: hub.id
		}
	);
}

/** Accepts an accompaniment, or declines it: whoever was asked answers. */
export async function answerAccompaniment(
	context: Context,
	{ id }: { id: string },
	{ accepted }: { accepted: boolean },
	within?: Accompanied
): Promise<void> {
	const relation = await findRelation(context, id, within);
	const write = allow(context, mayAnswer(context.actor, relation, relation.side));
	const { side } = relation;
	await writeAnswer(write, context, relation, {
		accepted,
		acceptedFor: relation.proposedByHub
			? 'organisationId' in side
				? side.organisationId
				: commitsFor(context.actor, side.cooperation)[0]!
			: relation.hubId
	});
}

/** Ends an accompaniment, or takes a proposal back. What the hub read stays read; it sees nothing new. */
export async function endAccompaniment(context: Context, { id }: { id: string }, within?: Accompanied): Promise<void> {
	const relation = await findRelation(context, id, within);
	await writeEnd(allow(context, mayEnd(context.actor, relation, relation.side)), context, relation);
}

/**
 * Notes what an organisation said on the telephone, in its name: a line of the cooperation when it is a partner there, a note in
 * its own journal in any case. It is told: its managers by mail, or at the next call when none has an address.
 */
export async function noteCall(context: Context, input: CallSaid): Promise<{ told: boolean; name: string }> {
	const { actor, now, db } = context;
	const facts = await findCallable(context, input);
	const write = allow(context, mayNoteCall(actor, facts));
	const { organisation, hubId } = facts;
	if (actor.is !== 'person' || !hubId) throw new NotFound();
	const already = await db.selectFrom('calls').select(['toldAt', 'notedBy']).where('id', '=', input.id).executeTakeFirst();
	if (already?.notedBy === actor.id) return { told: already.toldAt !== null, name: organisation.name };
	if (already) throw new Refused('forms.id-unreal');
	if (input.spokenBy && !(await listPeopleOf(context, [organisation.id])).some(({ personId }) => personId === input.spokenBy))
		throw new Refused('forms.id-unreal', {}, 'spokenBy');
	// An invitation that is alone needs no choice.
	const invitations = input.accepts ? facts.cooperations.filter(({ standing }) => standing === 'invited') : [];
	const about = input.cooperationId ?? (invitations.length === 1 ? invitations[0]!.id : null);
	const chosen = facts.cooperations.find(({ id }) => id === about);
	let isPartner = chosen?.standing === 'accepted';
	if (input.accepts) {
		if (!chosen) throw new Refused('hubs.accepts-what', {}, 'cooperationId');
		if (chosen.standing === 'invited') {
			await noteAcceptance(context, chosen.id, { partnerId: chosen.partnerId });
			await welcomePartner(context, chosen.id, chosen.partnerId);
		}
		isPartner = true;
	}
	if (chosen && isPartner)
		await addLine(write, context, await findCooperationById(context, chosen.id), {
			...noDetails,
			id: input.id,
			kind: input.kind ?? 'information',
			text: input.said,
			audience: 'accompagnateur',
			evidence: 'telephone',
			source: { kind: 'call', id: input.id },
			speaker: { id: organisation.id, name: organisation.name }
		});
	const told = await tellManagers(write, context, [organisation.id], {
		kind: 'call',
		houseId: hubId,
		cooperationId: chosen?.id ?? null,
		text: m.hubs_told_call({ name: actor.name, said: input.said.length > 120 ? `${input.said.slice(0, 120)}…` : input.said }),
		path: `${organisation.path}/accompagnement`
	});
	if (input.readBack)
		await write
			.updateTable('calls')
			.set({ toldAt: now })
			.where('organisationId', '=', organisation.id)
			.where('hubId', '=', hubId)
			.where('toldAt', 'is', null)
			.execute();
	await write
		.insertInto('calls')
		.values({
			id: input.id,
			hubId,
			organisationId: organisation.id,
			cooperationId: chosen?.id ?? null,
			lineId: chosen && isPartner ? input.id : null,
			said: input.said,
			againOn: input.againOn,
			notedAt: now,
			notedBy: actor.id,
			spokenBy: input.spokenBy,
			toldAt: told ? now : null
		})
		.execute();
	await tell(write, context, {
		chain: { organisation: organisation.id },
		verb: 'call-noted',
		// Told of whoever spoke: their words go when they are erased by right.
		ids: { call: input.id, hub: hubId, ...(input.spokenBy ? { member: input.spokenBy } : {}) },
		says: { organisation: organisation.name, text: input.said }
	});
	return { told: told > 0, name: organisation.name };
}

/** Erases by right what one said on the telephone. The call and its date stay: the hub called, and somebody answered. */
export async function eraseMyCalls(context: Context): Promise<void> {
	const { id } = await findAccount(context);
	await allow(context, mayChangeAccount(context.actor, id))
		.updateTable('calls')
		.set({ said: m.people_erased_words() })
		.where('spokenBy', '=', id)
		.execute();
}

/** Writes the profile of an organisation that accepted the hub, in its name; its managers are told. */
export async function writeProfileFor(
	context: Context,
	organisation: { id: string; name: string; path: string },
	profile: Profile
): Promise<void> {
	const { hubId } = await findAccompanied(context, organisation.id);
	const write = allow(context, mayWriteProfileFor(context.actor, { accompanied: hubId !== null }));
	await writeProfile(write, context, organisation.id, profile);
	await tellManagers(write, context, [organisation.id], {
		kind: 'organisation',
		cooperationId: null,
		text: m.hubs_told_profile({ name: context.actor.is === 'person' ? context.actor.name : '' }),
		path: organisation.path
	});
}

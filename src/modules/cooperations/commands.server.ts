import { personOf } from '#platform/actor.ts';
import { m } from '#words';
import { signerOf } from '#modules/hubs/queries/sender.server.ts';
import { beginChain, tell } from '#modules/journal/commands.server.ts';
import { makeLink } from '#modules/links/commands.server.ts';
import { post } from '#modules/notices/commands.server.ts';
import { addOrganisation } from '#modules/organisations/commands.server.ts';
import { listNamesakes, placeOf } from '#modules/organisations/queries.server.ts';
import { actingFor } from '#modules/organisations/policy.ts';
import { managersOf } from '#modules/organisations/queries/people.server.ts';
import { kindFrom } from '#modules/organisations/rules/mandates.ts';
import { nameKey } from '#modules/organisations/rules/names.ts';
import { type Context, type Writer, allow } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newCode, newId } from '#platform/ids.ts';
import { address } from '#platform/running.server.ts';
import { mayBegin, mayTakePart, speaksHereFor } from './policy.ts';
import { findCooperationById, namedSo, pathOf, type Cooperation } from './queries.server.ts';
import { chosenAmong, nameFrom, namesIn, type Role, type Step } from './rules.ts';

/** Finds the organisation that a name means, or adds it to the directory. A name that several bear asks for its commune. */
export async function organisationNamed(
	write: Writer,
	context: Context,
	{ name, commune }: { name: string; commune: string | null },
	near: string | null,
	field: string
): Promise<{ id: string; name: string }> {
	const namesakes = await listNamesakes(context, nameKey(name));
	const place = commune ?? (namesakes.length > 1 ? near : null);
	const there = place ? namesakes.filter((one) => placeOf(one)?.toLowerCase() === place.toLowerCase()) : namesakes;
	if (there.length === 1) return there[0]!;
	if (there.length > 1 || (namesakes.length > 1 && !commune))
		throw new Refused('cooperations.several-of-that-name', { name }, field);
	return addOrganisation(write, context, { name, kind: kindFrom(name), commune });
}

/** Writes a cooperation that begins, with the organisation that begins it as its only partner. Sent twice, it begins once. */
export async function writeCooperation(
	context: Context,
	input: { id: string; name: string; sentence: string; actingFor: string | null }
) {
	const { actor, now, db } = context;
	const organisationId = actingFor(context, input.actingFor);
	const write = allow(context, mayBegin(actor, organisationId));
	if (actor.is !== 'person') throw new NotFound();
	const begun = await db
		.selectFrom('cooperations')
		.select(['id', 'name', 'code', 'begunBy'])
		.where('id', '=', input.id)
		.executeTakeFirst();
	if (begun && begun.begunBy !== actor.id) throw new Refused('forms.id-unreal');
	const own = await db
		.selectFrom('organisations')
		.select(['id', 'name', 'zone', 'communeCode', 'communeName'])
		.where('id', '=', organisationId)
		.executeTakeFirstOrThrow();
	if (begun) return { write, cooperation: begun, own, again: true };
	const cooperation = { id: input.id, name: input.name, code: newCode() };
	await write
		.insertInto('cooperations')
		.values({
			...cooperation,
			sentence: input.sentence,
			zone: own.zone,
			place: placeOf(own),
			begunAt: now,
			begunBy: actor.id,
			begunFor: organisationId
		})
		.execute();
	const chain = { cooperation: cooperation.id };
	await beginChain(write, chain);
	await tell(write, context, {
		chain,
		verb: 'cooperation-begun',
		ids: { organisation: organisationId },
		says: { organisation: own.name, sentence: input.sentence }
	});
	await write
		.insertInto('partners')
		.values({
			id: newId(),
			cooperationId: cooperation.id,
			organisationId,
			role: 'carrier',
			position: 1,
			invitedAt: now,
			invitedBy: actor.id,
			invitedFor: organisationId,
			acceptedAt: now,
			acceptedBy: actor.id,
			acceptedEvidence: 'mandate'
		})
		.execute();
	return { write, cooperation, own, again: false };
}

/** Begins a cooperation: what, with whom. */
export async function beginCooperation(
	context: Context,
	input: { id: string; what: string; withWhom: string; actingFor: string | null }
): Promise<{ id: string; path: string }> {
	const { write, cooperation, own, again } = await writeCooperation(context, {
		id: input.id,
		name: nameFrom(input.what),
		sentence: input.what,
		actingFor: input.actingFor
	});
	if (again) return { id: cooperation.id, path: pathOf(cooperation) };
	const organisationId = own.id;
	const named = namesIn(input.withWhom);
	if (!named.length) throw new Refused('cooperations.with-whom-missing', {}, 'withWhom');
	if (named.length > 60) throw new Refused('forms.too-many', { max: 60 }, 'withWhom');
	const seen = new Set([organisationId]);
	for (const one of named) {
		const partner = await organisationNamed(write, context, one, placeOf(own), 'withWhom');
		if (seen.has(partner.id)) continue;
		seen.add(partner.id);
		await invitePartner(write, context, cooperation, partner, {
			role: 'carrier',
			place: null,
			email: null,
			invitedFor: { id: organisationId, name: own.name },
			position: seen.size
		});
	}
	return { id: cooperation.id, path: pathOf(cooperation) };
}

/**
 * Writes the invitation of a partner and tells it: its managers by their page, or the organisation's address by a link that
 * lets it accept without an account. With no address at all, the invitation waits: the accompagnateur can telephone.
 */
export async function invitePartner(
	write: Writer,
	context: Context,
	cooperation: { id: string; name: string; code: string },
	organisation: { id: string; name: string },
	{
		role,
		place,
		email,
		invitedFor,
		position
	}: {
		role: Role;
		place: string | null;
		email: string | null;
		invitedFor: { id: string; name: string };
		position: number;
	}
): Promise<void> {
	const { actor, now } = context;
	const id = newId();
	await write
		.insertInto('partners')
		.values({
			id,
			cooperationId: cooperation.id,
			organisationId: organisation.id,
			role,
			place,
			position,
			invitedAt: now,
			invitedBy: personOf(actor),
			invitedFor: invitedFor.id
		})
		.execute();
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'partner-invited',
		ids: { organisation: organisation.id },
		says: { organisation: organisation.name, inviter: invitedFor.name }
	});
	await sendInvitation(write, context, cooperation, { id, organisation }, { email, inviter: invitedFor });
}

/** Posts an invitation that is written: to the managers of the organisation, else to the address given or known. */
export async function sendInvitation(
	write: Writer,
	context: Context,
	cooperation: { id: string; name: string; code: string },
	{ id, organisation }: { id: string; organisation: { id: string; name: string } },
	{ email, inviter }: { email: string | null; inviter: { id: string; name: string } }
): Promise<void> {
	const { actor, now } = context;
	const managers = (await managersOf(write, organisation.id)).filter((one) => one.email);
	const contact = await write.selectFrom('organisations').select('email').where('id', '=', organisation.id).executeTakeFirst();
	const knownAddress = contact?.email?.toLowerCase() ?? null;
	await write
		.updateTable('partners')
		.set({
			invitedAtOwnAddress: !managers.length && knownAddress !== null && (email ?? knownAddress).toLowerCase() === knownAddress
		})
		.where('id', '=', id)
		.execute();
	const reached = managers.length
		? managers.map((one) => ({ name: one.name, email: one.email!, link: address(pathOf(cooperation)) }))
		: (email ?? contact?.email)
			? [{ name: organisation.name, email: (email ?? contact?.email)!, link: await acceptLink(write, now, id, organisation.id) }]
			: [];
	const house = await signerOf(context, write, { cooperationId: cooperation.id, actingFor: inviter.id });
	for (const one of reached)
		await post(write, now, {
			to: one,
			house,
			...(actor.is === 'person' ? { fromName: actor.name } : {}),
			subject: m.cooperations_invite_mail_subject({ inviter: inviter.name, cooperation: cooperation.name }),
			letter: {
				title: m.cooperations_invite_mail_title({ inviter: inviter.name, organisation: organisation.name }),
				paragraphs: [m.cooperations_invite_mail_text({ cooperation: cooperation.name }), m.cooperations_invite_mail_free()],
				buttons: [{ label: m.cooperations_invite_mail_button(), url: one.link }],
				foot: [m.cooperations_invite_mail_foot()]
			},
			kind: 'partner-invitation'
		});
}

const acceptLink = async (write: Writer, now: Date, partnerId: string, organisationId: string): Promise<string> =>
	address(
		`/accepter/${await makeLink(write, now, { thing: partnerId, may: 'accept', invitee: organisationId, organisationId })}`
	);

/** The partner in whose name somebody acts here: chosen, or the only one. */
export const speaker = (context: Context, cooperation: Cooperation, chosen: string | null): { id: string; name: string } =>
	chosenAmong(cooperation.partners, speaksHereFor(context.actor, cooperation), chosen);

/** Gives a cooperation its name, its sentence and its place. What another wrote since `read` is shown first. */
export async function nameCooperation(
	context: Context,
	cooperationId: string,
	{ name, sentence, place, read }: { name: string; sentence: string; place: string | null; read?: string | null }
): Promise<string> {
	const cooperation = await findCooperationById(context, cooperationId);
	const write = allow(context, mayTakePart(context.actor, cooperation));
	const there = await write
		.selectFrom('cooperations')
		.select(['name', 'sentence', 'place'])
		.where('id', '=', cooperation.id)
		.forUpdate()
		.executeTakeFirstOrThrow();
	if (read && read !== namedSo(there) && namedSo(there) !== namedSo({ name, sentence, place }))
		throw new Refused('cooperations.named-meanwhile', {
			theirs: [there.name, there.sentence, there.place].filter(Boolean).join(' · ')
		});
	await write.updateTable('cooperations').set({ name, sentence, place }).where('id', '=', cooperation.id).execute();
	await tell(write, context, { chain: { cooperation: cooperation.id }, verb: 'cooperation-named', says: { name, sentence } });
	return pathOf({ name, code: cooperation.code });
}

/** Says that a step is done, or that it is open again; said twice, it is said once. Advice: nothing is locked by it. */
export async function markStep(
	context: Context,
	cooperationId: string,
	{ step, done = true }: { step: Step; done?: boolean }
): Promise<void> {
	const cooperation = await findCooperationById(context, cooperationId);
	const write = allow(context, mayTakePart(context.actor, cooperation));
	const by = personOf(context.actor);
	const changed = done
		? await write
				.insertInto('stepMarks')
				.values({ id: newId(), cooperationId: cooperation.id, step, doneAt: context.now, doneBy: by })
				.onConflict((conflict) => conflict.doNothing())
				.executeTakeFirst()
		: await write
				.updateTable('stepMarks')
				.set({ undoneAt: context.now, undoneBy: by })
				.where('cooperationId', '=', cooperation.id)
				.where('step', '=', step)
				.where('undoneAt', 'is', null)
				.executeTakeFirst();
	if (('numUpdatedRows' in changed ? changed.numUpdatedRows : changed.numInsertedOrUpdatedRows) === 0n) return;
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: `step-${done ? 'done' : 'reopened'}-${step}`,
		says: {}
	});
}

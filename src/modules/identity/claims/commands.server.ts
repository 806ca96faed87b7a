import { tell } from '#modules/journal/commands.server.ts';
import { post } from '#modules/notices/commands.server.ts';
import { addMember } from '#modules/organisations/commands.server.ts';
import { pathOf } from '#modules/organisations/queries.server.ts';
import { countManagers } from '#modules/organisations/queries/people.server.ts';
import { findContact } from '#modules/people/queries.server.ts';
import { personOf } from '#platform/actor.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { hashPassword, hashToken, newToken, passwordMatches } from '#platform/secrets.server.ts';
import { m } from '#words';
import { findOfficial } from '#modules/register/queries.server.ts';
import { postSaid, tellDeciders } from '../commands/telling.server.ts';
import { enterRecord } from '../official/commands.server.ts';
import { markLife } from '../life/commands.server.ts';
import type { Entry } from '../official/queries.server.ts';
import { mayAnswerOwn, mayClaim } from './policy.ts';
import { countRecent, findClaim, knownOf, mayDecideOn, seatOf, type Target } from './queries.server.ts';
import {
	answerable,
	claimLasts,
	codeFrom,
	codeLasts,
	codesADay,
	provenBy,
	readCode,
	stateOf,
	triesGiven,
	waitingAtOnce,
	type Way
} from './rules.ts';

/** Refuses where somebody manages already, and those who ask too often. */
async function open(context: Context, target: Target, way: Way): Promise<Writer> {
	const write = allow(context, mayClaim(context.actor));
	if (await countManagers(write, target.organisationId)) throw new Refused('identity.claim-has-managers');
	const { waiting, codes } = await countRecent(context, target);
	if (waiting >= waitingAtOnce) throw new Refused('identity.claim-too-many', { n: waitingAtOnce });
	if (way === 'address' && codes >= codesADay) throw new Refused('identity.claim-codes-today');
	return write;
}

async function write(
	context: Context,
	pen: Writer,
	target: Target,
	way: Way,
	more: { email?: string; knownBy?: string; words?: string }
) {
	const id = newId();
	const { now } = context;
	await pen
		.insertInto('claims')
		.values({
			id,
			personId: personOf(context.actor)!,
			organisationId: target.organisationId,
			way,
			askedAt: now,
			expiresAt: new Date(now.getTime() + (way === 'address' ? codeLasts.address : claimLasts)),
			...more
		})
		.execute();
	await tell(pen, context, {
		chain: { organisation: target.organisationId },
		verb: 'claim-asked',
		ids: { member: personOf(context.actor) },
		says: { name: nameOf(context) }
	});
	return id;
}

const nameOf = ({ actor }: Context): string => (actor.is === 'person' ? actor.name : '');

/** Asks to manage by an address of the organisation's own: a code goes there. */
export async function claimByAddress(context: Context, target: Target, { email }: { email: string }): Promise<void> {
	const pen = await open(context, target, 'address');
	const knownBy = provenBy(email, await knownOf(context, target));
	const id = await write(context, pen, target, 'address', { email, knownBy });
	const code = codeFrom(newToken());
	await pen
		.updateTable('claims')
		.set({ codeHash: await hashPassword(readCode(code)), codeExpiresAt: new Date(context.now.getTime() + codeLasts.address) })
		.where('id', '=', id)
		.execute();
	await post(pen, context.now, {
		to: { name: target.name, email },
		subject: m.identity_code_mail_subject({ name: target.name }),
		letter: {
			title: m.identity_code_mail_subject({ name: target.name }),
			paragraphs: [m.identity_code_mail_text({ person: nameOf(context), name: target.name }), code],
			foot: [m.identity_code_mail_foot()]
		},
		kind: 'identity',
		secret: true
	});
}

/** Asks to manage by a letter to the official seat, or by the word of an accompagnateur; those who look after this are told. */
export async function claimByOthers(
	context: Context,
	target: Target,
	way: 'letter' | 'vouch',
	{ words }: { words: string }
): Promise<void> {
	const pen = await open(context, target, way);
	if (way === 'letter' && !(await seatOf(context, target))) throw new Refused('identity.claim-no-seat');
	await write(context, pen, target, way, { words });
	await tellDeciders(pen, context, target.organisationId, {
		subject: m.identity_claim_mail_subject({ person: nameOf(context), name: target.name }),
		text: words,
		path: '/maison/demandes'
	});
}

/**
 * Claims a record of a register by one of the three ways: an entry is made from it where there is none, and the claim goes on as for
 * any entry. What refuses the claim leaves no entry behind.
 */
export async function claimRecord(
	context: Context,
	address: { source: string; key: string },
	ask: (target: Target) => Promise<void>
): Promise<Entry> {
	const record = await findOfficial(context, address);
	const entry = await enterRecord(allow(context, mayClaim(context.actor)), context, record);
	await ask({ organisationId: entry.id, name: entry.name });
	return entry;
}

/** Counts a code that is tried. Committed apart: a refusal's rollback must not give the try back. */
export async function countTry(context: Context, { typed }: { typed: Record<string, unknown> }): Promise<void> {
	const me = personOf(context.actor);
	const id = typeof typed.claimId === 'string' && /^[0-9a-f-]{36}$/i.test(typed.claimId) ? typed.claimId : null;
	if (!me || !id) return;
	await allow(context, mayAnswerOwn(context.actor, me))
		.updateTable('claims')
		.set((eb) => ({ tries: eb('tries', '+', 1) }))
		.where('id', '=', id)
		.where('personId', '=', me)
		.where('codeHash', 'is not', null)
		.where('tries', '<=', triesGiven)
		.execute();
}

/** Writes that somebody manages from now on. */
async function grant(
	pen: Writer,
	context: Context,
	claim: Awaited<ReturnType<typeof findClaim>>
): Promise<{ path: string; name: string }> {
	const { now } = context;
	const changed = await pen
		.updateTable('claims')
		.set({ grantedAt: now, grantedBy: personOf(context.actor) })
		.where('id', '=', claim.id)
		.where('grantedAt', 'is', null)
		.where('refusedAt', 'is', null)
		.where('withdrawnAt', 'is', null)
		.executeTakeFirst();
	if (changed.numUpdatedRows === 0n) throw new Refused('identity.claim-granted');
	const id = claim.organisationId;
	await pen.selectFrom('organisations').select('id').where('id', '=', id).forUpdate().execute();
	if (await countManagers(pen, id)) throw new Refused('identity.claim-has-managers');
	await addMember(pen, context, id, { personId: claim.personId, manager: true, may: 'sign' });
	await markLife(pen, now, [id]);
	await tell(pen, context, {
		chain: { organisation: id },
		verb: 'claim-granted',
		ids: { member: claim.personId },
		says: { name: claim.person }
	});
	const { name } = claim;
	const path = pathOf(claim);
	await tellDeciders(pen, context, id, {
		subject: m.identity_granted_told({ person: claim.person, name }),
		text: m.identity_granted_told_text(),
		path: `${path}/personnes`
	});
	const to = await findContact(pen, claim.personId);
	if (to?.email && to.id !== personOf(context.actor))
		await postSaid(
			pen,
			now,
			{ name: to.name, email: to.email },
			{
				subject: m.identity_granted_mail({ name }),
				text: m.identity_granted_mail_text(),
				path
			}
		);
	return { path, name };
}

/** Enters the code that came by mail or by letter: the claimant manages from then on. */
export async function enterCode(context: Context, { claimId, code }: { claimId: string; code: string }) {
	const claim = await findClaim(context, claimId);
	if (claim.personId !== personOf(context.actor)) throw new NotFound();
	const pen = allow(context, mayAnswerOwn(context.actor, claim.personId));
	answerable(stateOf(claim, context.now));
	if (!claim.codeHash || !claim.codeExpiresAt) throw new Refused('identity.claim-no-code', {}, 'code');
	if (claim.codeExpiresAt <= context.now) throw new Refused('identity.claim-expired', {}, 'code');
	if (claim.tries > triesGiven) throw new Refused('identity.claim-exhausted', {}, 'code');
	if (!(await passwordMatches(readCode(code), claim.codeHash)))
		throw new Refused('identity.claim-wrong-code', { n: triesGiven - claim.tries }, 'code');
	return grant(pen, context, claim);
}

/** Takes one's own claim back. */
export async function withdrawClaim(context: Context, { claimId }: { claimId: string }): Promise<void> {
	const claim = await findClaim(context, claimId);
	if (claim.personId !== personOf(context.actor)) throw new NotFound();
	const pen = allow(context, mayAnswerOwn(context.actor, claim.personId));
	answerable(stateOf(claim, context.now));
	await pen.updateTable('claims').set({ withdrawnAt: context.now }).where('id', '=', claimId).execute();
}

async function decided(context: Context, claimId: string) {
	const claim = await findClaim(context, claimId);
	if (!(await mayDecideOn(context, claim))) throw new NotFound();
	answerable(stateOf(claim, context.now));
	return { claim, pen: allow(context, true) };
}

/** An accompagnateur or an administrator vouches for somebody whom they know. */
export async function vouch(context: Context, { claimId }: { claimId: string }) {
	const { claim, pen } = await decided(context, claimId);
	return grant(pen, context, claim);
}

/** Refuses, in words that the claimant reads. */
export async function refuseClaim(context: Context, { claimId, words }: { claimId: string; words: string }): Promise<void> {
	const { claim, pen } = await decided(context, claimId);
	await pen
		.updateTable('claims')
		.set({ refusedAt: context.now, refusedBy: personOf(context.actor), refusal: words })
		.where('id', '=', claimId)
		.execute();
	const to = await findContact(pen, claim.personId);
	if (to?.email)
		await postSaid(
			pen,
			context.now,
			{ name: to.name, email: to.email },
			{
				subject: m.identity_refused_mail({ name: claim.name }),
				text: words,
				path: '/'
			}
		);
}

/** Prepares the letter whose code proves that the seat reads it: only who prints it holds the key. A new letter ends the one before. */
export async function prepareLetter(
	context: Context,
	{ claimId, key }: { claimId: string; key: string }
): Promise<{ path: string }> {
	const { claim, pen } = await decided(context, claimId);
	if (!(await seatOf(context, claim))) throw new Refused('identity.claim-no-seat');
	const path = `/maison/demandes/${claimId}/lettre.pdf?cle=${key}`;
	if (claim.letterKey && hashToken(key).equals(claim.letterKey)) return { path };
	const { now } = context;
	await pen
		.updateTable('claims')
		.set({
			codeHash: await hashPassword(readCode(codeFrom(key))),
			codeExpiresAt: new Date(now.getTime() + codeLasts.letter),
			expiresAt: new Date(now.getTime() + codeLasts.letter),
			letterKey: hashToken(key),
			letterBy: personOf(context.actor),
			letterAt: now,
			tries: 0
		})
		.where('id', '=', claimId)
		.execute();
	return { path };
}

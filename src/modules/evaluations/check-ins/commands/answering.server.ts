import { personOf } from '#platform/actor.ts';
import { m } from '#words';
import { findCooperationById, type Cooperation } from '#modules/cooperations/queries.server.ts';
import { standingOf } from '#modules/cooperations/rules.ts';
import { signerOf } from '#modules/hubs/queries/sender.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { mayChangeAccount } from '#modules/people/policy.ts';
import { revokeLinks } from '#modules/links/commands.server.ts';
import { longDay, today } from '#platform/clock.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { showIfComplete, tellOrganisation } from '../commands.server.ts';
import { mayAnswerFor, mayNote, mayRemark, mayRenewLinkOf } from '../policy.ts';
import { cooperationOf, findCheckInById, findCheckInOfLink, findOwnAnswer, hubOf, type CheckIn } from '../queries.server.ts';
import { answerable, differing, notable, type Evidence, type Marks, type Noted } from '../rules.ts';

/** One answer of one organisation; `version` is the one that the page showed, 0 when there was none. */
export type Given = { marks: Marks; joins: string | null; version: number };

/** The check-in as it stands now: whoever answers or closes waits for the other, so that no answer falls into a closed one. */
const locked = (write: Writer, id: string): Promise<CheckIn> =>
	write.selectFrom('checkIns').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();

const partnerOf = (cooperation: Cooperation, organisationId: string) => {
	const partner = cooperation.partners.find((one) => one.organisationId === organisationId && standingOf(one) === 'accepted');
	if (!partner) throw new Refused('evaluations.point-not-a-partner');
	return { id: partner.organisationId, name: partner.name, role: partner.role };
};

/**
 * Writes the answer of an organisation over the one before. What another of the same organisation wrote in between is not lost
 * unseen: the page shows it, and whoever sends again has read it. The same answer sent twice is written once.
 */
async function writeAnswer(
	write: Writer,
	context: Context,
	cooperation: Cooperation,
	organisation: { id: string; name: string },
	checkInId: string,
	{ marks, joins, version }: Given,
	evidence: Evidence
): Promise<void> {
	const { actor, now } = context;
	const checkIn = await locked(write, checkInId);
	answerable(checkIn, now);
	// A partner that joined since was not asked at the opening: its answer counts all the same, and nobody waited for it.
	await write
		.insertInto('checkInOrganisations')
		.values({ checkInId, organisationId: organisation.id, carries: false, reached: true })
		.onConflict((conflict) => conflict.doNothing())
		.execute();
	const before = await findOwnAnswer({ db: write }, checkInId, organisation.id);
	if (evidence === 'paper' || evidence === 'telephone') notable(before, organisation.name);
	if (before && before.joins === joins && before.evidence === evidence && !differing(before.marks, marks).length) return;
	if (before && before.version !== version) throw new Refused('evaluations.point-answered-meanwhile', { meanwhile: 1 });
	const kept = {
		version: (before?.version ?? 0) + 1,
		joins,
		answeredAt: now,
		evidence,
		enteredBy: personOf(actor)
	};
	await write
		.insertInto('checkInAnswers')
		.values({ checkInId, organisationId: organisation.id, ...kept })
		.onConflict((conflict) => conflict.columns(['checkInId', 'organisationId']).doUpdateSet(kept))
		.execute();
	await write
		.deleteFrom('checkInMarks')
		.where('checkInId', '=', checkInId)
		.where('organisationId', '=', organisation.id)
		.execute();
	const said = Object.entries(marks);
	if (said.length)
		await write
			.insertInto('checkInMarks')
			.values(said.map(([subject, mark]) => ({ checkInId, organisationId: organisation.id, subject, ...mark })))
			.execute();
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb:
			evidence === 'paper' || evidence === 'telephone'
				? 'point-answer-noted'
				: before
					? 'point-answer-changed'
					: 'point-answered',
		ids: { checkIn: checkInId, organisation: organisation.id },
		says: { organisation: organisation.name, by: actor.is === 'person' ? actor.name : m.evaluations_point_by_link() }
	});
	await showIfComplete(write, context, cooperation, checkIn);
}

/** Answers for one's organisation, signed in: one answer, agreed at home. */
export async function answerCheckIn(context: Context, checkInId: string, organisationId: string, given: Given): Promise<void> {
	const checkIn = await findCheckInById(context, checkInId);
	const cooperation = await findCooperationById(context, checkIn.cooperationId);
	const write = allow(context, mayAnswerFor(context.actor, cooperation, checkIn, organisationId));
	await writeAnswer(write, context, cooperation, partnerOf(cooperation, organisationId), checkIn.id, given, 'direct');
}

/** Answers by the link that was made for an organisation. */
export async function answerByLink(context: Context, given: Given): Promise<void> {
	const { checkIn, organisationId } = await findCheckInOfLink(context);
	const cooperation = await cooperationOf(context, checkIn);
	const partner = partnerOf(cooperation, organisationId);
	const write = allow(context, mayAnswerFor(context.actor, cooperation, checkIn, organisationId));
	await writeAnswer(write, context, cooperation, partner, checkIn.id, given, 'link');
}

/** Notes what an organisation answered on paper or by telephone; it is told, and may change it until the end. */
export async function noteCheckIn(
	context: Context,
	checkInId: string,
	{ organisationId, evidence, ...given }: Given & { organisationId: string; evidence: Noted }
): Promise<{ name: string }> {
	const checkIn = await findCheckInById(context, checkInId);
	const cooperation = await findCooperationById(context, checkIn.cooperationId);
	const write = allow(context, mayNote(context.actor, cooperation));
	if (context.actor.is !== 'person') throw new NotFound();
	const partner = partnerOf(cooperation, organisationId);
	await writeAnswer(write, context, cooperation, partner, checkIn.id, given, evidence);
	const words = { by: context.actor.name, organisation: partner.name, cooperation: cooperation.name };
	const house = await signerOf(context, write, { cooperationId: cooperation.id, actingFor: null });
	await tellOrganisation(
		write,
		context,
		checkIn,
		partner,
		{
			text: m.evaluations_point_told_noted(words),
			mail: {
				subject: m.evaluations_point_noted_mail_subject(words),
				title: m.evaluations_point_noted_mail_title(words),
				paragraphs: [m.evaluations_point_noted_mail_text()]
			}
		},
		house
	);
	return { name: partner.name };
}

/** Ends the link of an organisation and sends it another: whoever held the old one answers no more by it. What was answered stays. */
export async function renewLink(
	context: Context,
	checkInId: string,
	{ organisationId }: { organisationId: string }
): Promise<{ name: string }> {
	const checkIn = await findCheckInById(context, checkInId);
	const cooperation = await findCooperationById(context, checkIn.cooperationId);
	const partner = partnerOf(cooperation, organisationId);
	const write = allow(context, mayRenewLinkOf(context.actor, cooperation, partner.id));
	answerable(await locked(write, checkIn.id), context.now);
	await revokeLinks(write, context.now, { thing: checkIn.id, invitee: partner.id });
	const about = { cooperation: cooperation.name, day: longDay(checkIn.closesOn, today(context.now, cooperation.zone)) };
	const house = await signerOf(context, write, { cooperationId: cooperation.id, actingFor: null });
	await tellOrganisation(
		write,
		context,
		checkIn,
		partner,
		{
			text: m.evaluations_point_told_open({ ...about, organisation: partner.name }),
			mail: {
				subject: m.evaluations_point_mail_subject(about),
				title: m.evaluations_point_mail_title({ organisation: partner.name }),
				paragraphs: [m.evaluations_point_mail_text(about), m.evaluations_point_link_renewed_text()]
			}
		},
		house
	);
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'point-link-renewed',
		ids: { checkIn: checkIn.id, organisation: partner.id },
		says: { organisation: partner.name }
	});
	return { name: partner.name };
}

/** Writes the one line that only the hub that accompanies reads, or words it anew. Nothing else says that it exists. */
export async function writeRemark(context: Context, checkInId: string, { text }: { text: string }): Promise<void> {
	const { actor, now } = context;
	const checkIn = await findCheckInById(context, checkInId);
	const cooperation = await findCooperationById(context, checkIn.cooperationId);
	const write = allow(context, mayRemark(actor, cooperation));
	if (actor.is !== 'person') throw new NotFound();
	if (!(await hubOf(context, cooperation))) throw new Refused('evaluations.point-nobody-accompanies');
	await write
		.insertInto('checkInRemarks')
		.values({ checkInId: checkIn.id, personId: actor.id, text, writtenAt: now })
		.onConflict((conflict) => conflict.columns(['checkInId', 'personId']).doUpdateSet({ text, writtenAt: now }))
		.execute();
}

/** Takes one's own line back. */
export async function removeRemark(context: Context, checkInId: string): Promise<void> {
	const { actor } = context;
	const checkIn = await findCheckInById(context, checkInId);
	const cooperation = await findCooperationById(context, checkIn.cooperationId);
	const write = allow(context, mayRemark(actor, cooperation));
	if (actor.is !== 'person') throw new NotFound();
	await write.deleteFrom('checkInRemarks').where('checkInId', '=', checkIn.id).where('personId', '=', actor.id).execute();
}

/** Erases by right what one wrote to accompagnateurs. What one's organisations answered is theirs, and stays. */
export async function eraseMyRemarks(context: Context): Promise<void> {
	const { actor } = context;
	if (actor.is !== 'person') throw new NotFound();
	const write = allow(context, mayChangeAccount(actor, actor.id));
	await write.deleteFrom('checkInRemarks').where('personId', '=', actor.id).execute();
}

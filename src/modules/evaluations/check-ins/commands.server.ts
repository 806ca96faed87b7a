import { m } from '#words';
import { signerOf } from '#modules/hubs/queries/sender.server.ts';
import { dimensions } from '#content/dimensions/grid.ts';
import { findCooperationById, type Cooperation } from '#modules/cooperations/queries.server.ts';
import { carries } from '#modules/cooperations/rules.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { makeLink } from '#modules/links/commands.server.ts';
import { writePoint } from '#modules/meetings/commands/agenda.server.ts';
import { mayConvene } from '#modules/meetings/policy.ts';
import { listComing } from '#modules/meetings/queries.server.ts';
import { editable, possible } from '#modules/meetings/rules.ts';
import { notify, post, type Letterhead } from '#modules/notices/commands.server.ts';
import { addressesOf, contactsOf } from '#modules/organisations/queries/reaching.server.ts';
import { hubsOf, personOf } from '#platform/actor.ts';
import { longDay, today } from '#platform/clock.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { address } from '#platform/running.server.ts';
import { mayChooseRhythm, mayOpen, opensFor } from './policy.ts';
import { checkInPath, findCheckIn, findUnderWay, hubOf, seeCheckIn, type CheckIn } from './queries.server.ts';
import { closing, isShown, rowsOf, toTalkAbout, type Rhythm } from './rules.ts';

type Words = { text: string; mail: { subject: string; title: string; paragraphs: string[] } };

/**
 * Gives an organisation its link and says so to those who manage it, with the rest that they are told; to its own address when
 * nobody manages it. Says whether anybody could be told.
 */
export async function tellOrganisation(
	write: Writer,
	context: Context,
	checkIn: { id: string; cooperationId: string },
	organisation: { id: string; name: string },
	words: Words,
	house: Letterhead | null
): Promise<boolean> {
	const { actor, now } = context;
	const managers = ((await contactsOf(context, [organisation.id])).get(organisation.id)?.managers ?? []).filter(
		({ email }) => email
	);
	const mail = managers.length ? undefined : (await addressesOf(write, [organisation.id])).get(organisation.id);
	if (!managers.length && !mail) return false;
	const token = await makeLink(write, now, {
		thing: checkIn.id,
		may: 'answer',
		invitee: organisation.id,
		organisationId: organisation.id
	});
	const others = managers.filter(({ id }) => !(actor.is === 'person' && actor.id === id));
	await notify(
		write,
		now,
		others.map(({ id }) => ({
			personId: id,
			kind: 'point' as const,
			cooperationId: checkIn.cooperationId,
			text: words.text,
			path: `/point/${token}`
		}))
	);
	if (mail)
		await post(write, now, {
			to: { name: organisation.name, email: mail },
			house,
			...(actor.is === 'person' ? { fromName: actor.name } : {}),
			subject: words.mail.subject,
			letter: {
				title: words.mail.title,
				paragraphs: words.mail.paragraphs,
				buttons: [{ label: m.evaluations_point_mail_button(), url: address(`/point/${token}`) }],
				foot: [m.evaluations_point_mail_foot()]
			},
			kind: 'point',
			stop: 'address'
		});
	return true;
}

/** In whose name somebody opens: a partner that they may commit, or the hub that accompanies; by itself, nobody. */
function openerOf({ actor }: Context, cooperation: Cooperation, chosen: string | null, hub: { id: string; name: string } | null) {
	if (actor.is !== 'person') return null;
	const mine = opensFor(actor, cooperation);
	const id = chosen ?? mine[0] ?? null;
	const partner = cooperation.partners.find(({ organisationId }) => organisationId === id && mine.includes(organisationId));
	if (partner) return { id: partner.organisationId, name: partner.name };
	if (chosen === null && hub && hubsOf(actor).includes(hub.id)) return hub;
	throw new Refused('organisations.not-yours', {}, 'actingFor');
}

/** Asks every partner to take stock, until a day. One at a time; a former one whose answers are shown closes. Sent twice, it asks once. */
export async function openCheckIn(
	context: Context,
	cooperationId: string,
	asked: { id: string; closesOn: string | null; actingFor: string | null }
): Promise<{ path: string }> {
	const { actor, now } = context;
	const cooperation = await findCooperationById(context, cooperationId);
	const write = allow(context, mayOpen(actor, cooperation));
	const path = `${cooperation.path}/point`;
	const before = await write
		.selectFrom('checkIns')
		.select(['cooperationId', 'openedBy'])
		.where('id', '=', asked.id)
		.executeTakeFirst();
	if (before && before.cooperationId === cooperation.id && actor.is === 'person' && before.openedBy === actor.id) return { path };
	if (before) throw new Refused('forms.id-unreal');
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	const hub = await hubOf(context, cooperation);
	const opener = openerOf(context, cooperation, asked.actingFor, hub);
	const dates = closing(asked.closesOn, cooperation.zone, now);
	const former = await findUnderWay(context, cooperation);
	if (former) {
		if (!(await seeCheckIn(context, cooperation, former)).shown) throw new Refused('evaluations.point-open-already');
		await closeCheckIn(write, context, cooperation, former);
	}
	const last = await write
		.selectFrom('checkIns')
		.select(({ fn }) => fn.max('n').as('n'))
		.where('cooperationId', '=', cooperation.id)
		.executeTakeFirst();
	const checkIn = { id: asked.id, cooperationId: cooperation.id, n: (last?.n ?? 0) + 1 };
	await write
		.insertInto('checkIns')
		.values({
			...checkIn,
			...dates,
			occasion: actor.is === 'system' ? 'rhythm' : 'asked',
			openedAt: now,
			openedBy: personOf(actor),
			openedFor: opener?.id ?? null
		})
		.execute();
	const day = longDay(dates.closesOn, today(now, cooperation.zone));
	const about = { cooperation: cooperation.name, day };
	const house = await signerOf(context, write, { cooperationId: cooperation.id, actingFor: opener?.id ?? null });
	for (const { organisationId, name, role } of cooperation.accepted) {
		const reached = await tellOrganisation(
			write,
			context,
			checkIn,
			{ id: organisationId, name },
			{
				text: m.evaluations_point_told_open({ ...about, organisation: name }),
				mail: {
					subject: m.evaluations_point_mail_subject(about),
					title: m.evaluations_point_mail_title({ organisation: name }),
					paragraphs: [m.evaluations_point_mail_text(about), m.evaluations_point_mail_free()]
				}
			},
			house
		);
		await write
			.insertInto('checkInOrganisations')
			.values({ checkInId: checkIn.id, organisationId, carries: carries(role), reached })
			.execute();
	}
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: opener ? 'point-opened' : 'point-opened-by-rhythm',
		ids: { checkIn: checkIn.id, ...(opener ? { organisation: opener.id } : {}) },
		says: { organisation: opener?.name ?? '', day }
	});
	return { path };
}

/** Says to partners and to the hub that accompanies that answers can be read, once. */
async function showCheckIn(write: Writer, context: Context, cooperation: Cooperation, checkIn: CheckIn): Promise<void> {
	const { now } = context;
	const shown = await write
		.updateTable('checkIns')
		.set({ shownAt: now })
		.where('id', '=', checkIn.id)
		.where('shownAt', 'is', null)
		.executeTakeFirst();
	if (!shown.numUpdatedRows) return;
	const hub = await hubOf({ db: write }, cooperation);
	const told = [...cooperation.accepted.map(({ organisationId }) => organisationId), ...(hub ? [hub.id] : [])];
	const managers = [...(await contactsOf(context, told)).values()].flatMap(({ managers: some }) => some);
	const ids = new Set(managers.filter(({ email }) => email).map(({ id }) => id));
	await notify(
		write,
		now,
		[...ids].map((personId) => ({
			personId,
			kind: 'point' as const,
			cooperationId: cooperation.id,
			text: m.evaluations_point_told_shown({ cooperation: cooperation.name }),
			path: checkInPath(cooperation, checkIn)
		}))
	);
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'point-shown',
		ids: { checkIn: checkIn.id },
		says: { n: checkIn.n }
	});
}

/** Closes a check-in: it takes no answer any more, and its links open its page only to say so. */
export async function closeCheckIn(write: Writer, context: Context, cooperation: Cooperation, checkIn: CheckIn): Promise<void> {
	await showCheckIn(write, context, cooperation, checkIn);
	await write.updateTable('checkIns').set({ closedAt: context.now }).where('id', '=', checkIn.id).execute();
}

/** Partners choose to be asked once a quarter, or never. */
export async function chooseRhythm(
	context: Context,
	cooperationId: string,
	{ rhythm, actingFor }: { rhythm: Rhythm; actingFor: string | null }
): Promise<void> {
	const { actor, now } = context;
	const cooperation = await findCooperationById(context, cooperationId);
	const write = allow(context, mayChooseRhythm(actor, cooperation));
	const opener = openerOf(context, cooperation, actingFor, null)!;
	const kept = { rhythm, chosenAt: now, chosenBy: personOf(actor), chosenFor: opener.id };
	const before = await write
		.selectFrom('checkInRhythms')
		.select('rhythm')
		.where('cooperationId', '=', cooperation.id)
		.executeTakeFirst();
	if ((before?.rhythm ?? 'never') === rhythm) return;
	await write
		.insertInto('checkInRhythms')
		.values({ cooperationId: cooperation.id, ...kept })
		.onConflict((conflict) => conflict.column('cooperationId').doUpdateSet(kept))
		.execute();
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: rhythm === 'quarter' ? 'point-rhythm-quarter' : 'point-rhythm-never',
		ids: { organisation: opener.id },
		says: { organisation: opener.name }
	});
}

/** Puts what divides partners on the agenda of their next meeting; sent twice, it is there once. */
export async function putOnAgenda(
	context: Context,
	cooperation: Cooperation,
	n: string,
	{ id }: { id: string }
): Promise<{ path: string }> {
	const checkIn = await findCheckIn(context, cooperation, n);
	const seen = await seeCheckIn(context, cooperation, checkIn);
	if (!seen.answers) throw new Refused('evaluations.point-not-shown');
	allow(context, mayConvene(context.actor, cooperation));
	const meeting = await nextMeeting(context, cooperation);
	if (!meeting) throw new Refused('evaluations.point-no-meeting');
	const names = toTalkAbout(rowsOf(seen.answers)).map(({ key }) => dimensions.find((one) => one.id === key)!.name.toLowerCase());
	await writePoint(context, meeting.id, {
		id,
		title: names.length ? m.evaluations_point_agenda_about({ subjects: names.join(', ') }) : m.evaluations_point_agenda(),
		minutes: 20,
		expected: 'discuss'
	});
	return { path: meeting.path };
}

/** The next meeting whose agenda can still be written; null when none is convened. */
export async function nextMeeting(context: Context, cooperation: Cooperation) {
	const coming = await listComing(context, cooperation);
	return coming.find((one) => possible(() => editable(one))) ?? null;
}

/** A new answer may be the last that was waited for: then all are shown. */
export async function showIfComplete(
	write: Writer,
	context: Context,
	cooperation: Cooperation,
	checkIn: CheckIn
): Promise<boolean> {
	const asked = await write
		.selectFrom('checkInOrganisations as o')
		.leftJoin('checkInAnswers as a', (join) =>
			join.onRef('a.checkInId', '=', 'o.checkInId').onRef('a.organisationId', '=', 'o.organisationId')
		)
		.select(['o.organisationId', 'o.carries', 'a.answeredAt'])
		.where('o.checkInId', '=', checkIn.id)
		.execute();
	const there = new Set(cooperation.accepted.map(({ organisationId }) => organisationId));
	const complete = isShown(
		checkIn,
		asked.map(({ organisationId, carries: carry, answeredAt }) => ({
			organisationId,
			carries: carry,
			there: there.has(organisationId),
			answered: answeredAt !== null
		})),
		context.now
	);
	if (complete) await showCheckIn(write, context, cooperation, checkIn);
	return complete;
}

import { m } from '#words';
import { letterheadOf, letterheadsOf } from '#modules/hubs/queries/sender.server.ts';
import { invitePartner, writeCooperation } from '#modules/cooperations/commands.server.ts';
import { namesOfCooperations, pathOf as cooperationPath } from '#modules/cooperations/queries.server.ts';
import { acceptedIn } from '#modules/cooperations/queries/partners.server.ts';
import { nameFrom } from '#modules/cooperations/rules.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { makeLink } from '#modules/links/commands.server.ts';
import { post, type Letterhead } from '#modules/notices/commands.server.ts';
import { contactsOf, findOrganisation, keptAmong, summariesOf } from '#modules/organisations/queries.server.ts';
import { namesOfPersons } from '#modules/people/queries.server.ts';
import { personOf } from '#platform/actor.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newCode, newId, orNobody } from '#platform/ids.ts';
import { address } from '#platform/running.server.ts';
import { mayAnswerIntroduction, mayBeginTogether, mayFollowUp, mayIntroduce } from './policy.ts';
import { pathOf, placesOf } from './queries.server.ts';
import {
	answerable,
	askedFor,
	introducible,
	mostInADay,
	outcomeAfter,
	reminderAfter,
	standingOf,
	willing,
	listed,
	type Answer,
	type Introduced,
	type Outcome
} from './rules.ts';

type Written = { subject: string; title: string; paragraphs: string[]; button: string };

/** Writes to an organisation: to its managers, else to its address; the link under the button answers in its name. Says whether it could. */
async function writeTo(
	write: Writer,
	context: Context,
	place: { id: string; organisationId: string },
	said: Written,
	house: Letterhead | null = null
): Promise<boolean> {
	const contact = (await contactsOf(context, [place.organisationId])).get(place.organisationId);
	if (!contact) return false;
	const managers = contact.managers.filter(({ email }) => email);
	const reached = managers.length
		? managers.map(({ name, email }) => ({ name, email: email! }))
		: contact.email
			? [{ name: contact.name, email: contact.email }]
			: [];
	for (const to of reached) {
		const token = await makeLink(write, context.now, {
			thing: place.id,
			may: 'answer',
			invitee: place.organisationId,
			organisationId: place.organisationId
		});
		await post(write, context.now, {
			to,
			house,
			subject: said.subject,
			letter: {
				title: said.title,
				paragraphs: said.paragraphs,
				buttons: [{ label: said.button, url: address(`/mise-en-relation/${token}`) }],
				foot: [m.introductions_mail_foot({ organisation: contact.name })]
			},
			kind: 'introduction',
			...(managers.length ? {} : { stop: 'address' as const })
		});
	}
	return reached.length > 0;
}

/** Puts two or three organisations in touch, with a reason. Each answers before any address is given. Sent twice, it is made once. */
export async function introduce(
	context: Context,
	organisation: string,
	input: { id: string; reason: string; organisations: string[] }
): Promise<{ path: string; silent: string[] }> {
	const { now, actor } = context;
	const by = await findOrganisation(context, organisation);
	const write = allow(context, mayIntroduce(actor, by.id));
	const again = await write.selectFrom('introductions').select(['code', 'madeFor']).where('id', '=', input.id).executeTakeFirst();
	if (again && again.madeFor !== by.id) throw new Refused('forms.id-unreal');
	if (again) return { path: pathOf(by, again), silent: [] };
	const chosen = introducible(input.organisations, by.id);
	const known = await summariesOf(write, chosen);
	if (known.size < chosen.length) throw new NotFound();
	const today = await write
		.selectFrom('introductions')
		.select('id')
		.where('madeFor', '=', by.id)
		.where('madeAt', '>', new Date(now.getTime() - 86_400_000))
		.limit(mostInADay)
		.execute();
	if (today.length >= mostInADay) throw new Refused('introductions.too-many', { n: mostInADay });
	const introduction = { id: input.id, code: newCode() };
	await write
		.insertInto('introductions')
		.values({ ...introduction, madeFor: by.id, madeBy: personOf(actor), madeAt: now, reason: input.reason })
		.execute();
	const places = chosen.map((organisationId) => ({ id: newId(), introductionId: input.id, organisationId }));
	await write.insertInto('introduced').values(places).execute();
	const names = new Map([...known].map(([id, { name }]) => [id, name]));
	const silent: string[] = [];
	const house = await letterheadOf(write, by.id);
	for (const place of places) {
		const others = listed(chosen.filter((id) => id !== place.organisationId).map((id) => names.get(id)!));
		const written = await writeTo(
			write,
			context,
			place,
			{
				subject: m.introductions_mail_subject({ others }),
				title: m.introductions_mail_title({ by: by.name, others }),
				paragraphs: [input.reason, m.introductions_mail_free()],
				button: m.introductions_mail_button()
			},
			house
		);
		if (!written) silent.push(names.get(place.organisationId)!);
	}
	await tell(write, context, {
		chain: { organisation: by.id },
		verb: 'introduction-made',
		ids: { introduction: input.id },
		says: { names: listed([...names.values()]) }
	});
	return { path: pathOf(by, introduction), silent };
}

async function placeOf(context: Context, introductionId: string, organisationId: string) {
	const introduction = await context.db
		.selectFrom('introductions')
		.select(['id', 'code', 'madeFor', 'reason', 'givenAt', 'outcomeAskedAt', 'cooperationId'])
		.where('id', '=', introductionId)
		.executeTakeFirst();
	const places = await placesOf(context.db, [introductionId]);
	const place = places.find((one) => one.organisationId === organisationId);
	if (!introduction || !place) throw new NotFound();
	return { introduction, places, place };
}

/** Says yes, or « not now », which nobody but the one who introduced them ever learns. From two yes on, addresses are given. */
export async function answerIntroduction(
	context: Context,
	introductionId: string,
	organisationId: string,
	{ answer }: { answer: Answer }
): Promise<{ given: boolean }> {
	const write = allow(
		context,
		mayAnswerIntroduction(context.actor, (await placeOf(context, introductionId, organisationId)).place)
	);
	// Two who answer at once wait for each other: whoever comes second gives the addresses.
	await write.selectFrom('introductions').select('id').where('id', '=', introductionId).forUpdate().execute();
	const { introduction, place } = await placeOf(context, introductionId, organisationId);
	answerable(place, introduction.givenAt !== null, answer);
	if (place.answer === answer) return { given: introduction.givenAt !== null };
	await write
		.updateTable('introduced')
		.set({ answer, answeredAt: context.now, answeredBy: personOf(context.actor) })
		.where('id', '=', place.id)
		.execute();
	const now = await placesOf(write, [introductionId]);
	const names = await summariesOf(
		write,
		now.map((one) => one.organisationId)
	);
	await tell(write, context, {
		chain: { organisation: organisationId },
		verb: answer === 'yes' ? 'introduction-accepted' : 'introduction-left',
		ids: { introduction: introductionId },
		says: {
			names: listed(now.filter((one) => one.organisationId !== organisationId).map((one) => names.get(one.organisationId)!.name))
		}
	});
	const yes = willing(now);
	if (answer !== 'yes' || !yes.length) return { given: introduction.givenAt !== null };
	if (!introduction.givenAt)
		await write.updateTable('introductions').set({ givenAt: context.now }).where('id', '=', introductionId).execute();
	await giveAddresses(write, context, yes, introduction.givenAt ? organisationId : null);
	return { given: true };
}

/** Tells those who said yes how to reach one another. When one comes `late`, the others learn about that one only. */
async function giveAddresses(
	write: Writer,
	context: Context,
	yes: (Introduced & { answeredBy?: string | null })[],
	late: string | null
): Promise<void> {
	const contacts = await contactsOf(
		context,
		yes.map(({ organisationId }) => organisationId)
	);
	const people = await namesOfPersons(
		write,
		yes.flatMap(({ answeredBy }) => answeredBy ?? [])
	);
	for (const one of yes) {
		const about = yes.filter(
			(other) => other !== one && (late === null || one.organisationId === late || other.organisationId === late)
		);
		const reach = about.map(({ organisationId, answeredBy }) => {
			const contact = contacts.get(organisationId)!;
			return [contact.name, answeredBy && people.get(answeredBy), contact.email, contact.phone].filter(Boolean).join(', ');
		});
		const others = listed(about.map(({ organisationId }) => contacts.get(organisationId)!.name));
		await writeTo(write, context, one, {
			subject: m.introductions_given_subject({ others }),
			title: m.introductions_given_title({ others }),
			paragraphs: [...reach, m.introductions_given_text()],
			button: m.introductions_given_button()
		});
	}
	await write
		.updateTable('introduced')
		.set({ toldAt: context.now })
		.where(
			'id',
			'in',
			yes.map(({ id }) => id)
		)
		.execute();
}

/** Says what came of it; said again, it changes. */
export async function sayOutcome(
	context: Context,
	introductionId: string,
	organisationId: string,
	{ outcome }: { outcome: Outcome }
): Promise<void> {
	const { introduction, place } = await placeOf(context, introductionId, organisationId);
	const write = allow(context, mayAnswerIntroduction(context.actor, place));
	if (place.answer !== 'yes' || !introduction.givenAt) throw new Refused('introductions.not-met-yet');
	await write
		.updateTable('introduced')
		.set({ outcome, outcomeAt: context.now, outcomeBy: personOf(context.actor) })
		.where('id', '=', place.id)
		.execute();
}

/**
 * Those who met begin a cooperation in one gesture: the reason is its first sentence, those who said yes are invited to it. It
 * answers the question of what came of it, for whoever begins. Begun by another meanwhile, it is that one.
 */
export async function becomeCooperation(
	context: Context,
	introductionId: string,
	organisationId: string,
	{ id, what }: { id: string; what: string }
): Promise<{ path: string }> {
	const write = allow(context, mayBeginTogether(context.actor, (await placeOf(context, introductionId, organisationId)).place));
	// Two who begin at once wait for each other: whoever comes second finds what the first began.
	await write.selectFrom('introductions').select('id').where('id', '=', introductionId).forUpdate().execute();
	const { introduction, places, place } = await placeOf(context, introductionId, organisationId);
	if (place.answer !== 'yes' || !introduction.givenAt) throw new Refused('introductions.not-met-yet');
	if (introduction.cooperationId) {
		const [begun] = await namesOfCooperations(context, [introduction.cooperationId]);
		if (!begun) throw new Refused('introductions.already-begun');
		return { path: begun.path };
	}
	const { cooperation, own, again } = await writeCooperation(context, {
		id,
		name: nameFrom(what),
		sentence: what,
		actingFor: organisationId
	});
	if (again) throw new Refused('forms.id-unreal');
	const met = willing(places).map((one) => one.organisationId);
	const others = (await keptAmong(write, met)).filter((one) => one !== organisationId);
	const names = await summariesOf(write, others);
	for (const [i, other] of others.entries())
		await invitePartner(write, context, cooperation, names.get(other)!, {
			role: 'carrier',
			place: null,
			email: null,
			invitedFor: { id: own.id, name: own.name },
			position: i + 2
		});
	await write
		.updateTable('introductions')
		.set({ cooperationId: cooperation.id, becameAt: context.now, becameBy: personOf(context.actor) })
		.where('id', '=', introductionId)
		.execute();
	await write
		.updateTable('introduced')
		.set({ outcome: 'together', outcomeAt: context.now, outcomeBy: personOf(context.actor) })
		.where('id', '=', place.id)
		.execute();
	await tell(write, context, {
		chain: { organisation: organisationId },
		verb: 'introduction-became',
		ids: { introduction: introductionId, cooperation: cooperation.id },
		says: { cooperation: cooperation.name }
	});
	return { path: cooperationPath(cooperation) };
}

/** Reminds those who have said nothing for ten days, once, while a meeting can still come of it. Returns how many introductions. */
export async function remindIntroduced(context: Context): Promise<number> {
	const { now } = context;
	const write = allow(context, mayFollowUp(context.actor));
	const silent = await write
		.updateTable('introduced')
		.set({ remindedAt: now })
		.where('id', 'in', (eb) =>
			eb
				.selectFrom('introduced as p')
				.innerJoin('introductions as i', 'i.id', 'p.introductionId')
				.select('p.id')
				.where('p.answer', 'is', null)
				.where('p.remindedAt', 'is', null)
				.where('i.madeAt', '<=', new Date(now.getTime() - reminderAfter))
				.where('i.madeAt', '>', new Date(now.getTime() - askedFor))
				.orderBy('i.madeAt')
				.limit(100)
				.forUpdate('p')
				.skipLocked()
		)
		.returning(['id', 'introductionId', 'organisationId'])
		.execute();
	const about = [...new Set(silent.map(({ introductionId }) => introductionId))];
	const introductions = await write
		.selectFrom('introductions')
		.select(['id', 'madeFor', 'reason'])
		.where('id', 'in', orNobody(about))
		.execute();
	const places = await placesOf(write, about);
	const names = await summariesOf(write, [
		...introductions.map(({ madeFor }) => madeFor),
		...places.map(({ organisationId }) => organisationId)
	]);
	const houses = await letterheadsOf(
		write,
		introductions.map(({ madeFor }) => madeFor)
	);
	for (const place of silent) {
		const { madeFor, reason } = introductions.find(({ id }) => id === place.introductionId)!;
		const all = places.filter(({ introductionId }) => introductionId === place.introductionId);
		if (standingOf(all) === 'refused') continue;
		const others = listed(all.filter(({ id }) => id !== place.id).map(({ organisationId }) => names.get(organisationId)!.name));
		await writeTo(
			write,
			context,
			place,
			{
				subject: m.introductions_mail_subject({ others }),
				title: m.introductions_mail_title({ by: names.get(madeFor)!.name, others }),
				paragraphs: [reason, m.introductions_mail_again(), m.introductions_mail_free()],
				button: m.introductions_mail_button()
			},
			houses.get(madeFor) ?? null
		);
	}
	return silent.length;
}

/**
 * Asks those who met what came of it, once, six weeks after their addresses were given. Whoever is a partner of what they began
 * has answered by that. Returns how many introductions.
 */
export async function askOutcomes(context: Context): Promise<number> {
	const write = allow(context, mayFollowUp(context.actor));
	const due = await write
		.updateTable('introductions')
		.set({ outcomeAskedAt: context.now })
		.where('id', 'in', (eb) =>
			eb
				.selectFrom('introductions')
				.select('id')
				.where('outcomeAskedAt', 'is', null)
				.where('givenAt', '<=', new Date(context.now.getTime() - outcomeAfter))
				.orderBy('givenAt')
				.limit(100)
				.forUpdate()
				.skipLocked()
		)
		.returning(['id', 'cooperationId'])
		.execute();
	const places = (
		await placesOf(
			write,
			due.map(({ id }) => id)
		)
	).filter(({ answer }) => answer === 'yes');
	const names = await summariesOf(
		write,
		places.map(({ organisationId }) => organisationId)
	);
	const began = new Map(due.map(({ id, cooperationId }) => [id, cooperationId]));
	const partners = await acceptedIn(
		write,
		due.flatMap(({ cooperationId }) => cooperationId ?? [])
	);
	const answered = new Set(
		places
			.filter((one) => !one.outcome && partners.has(`${began.get(one.introductionId)} ${one.organisationId}`))
			.map(({ id }) => id)
	);
	await write
		.updateTable('introduced')
		.set({ outcome: 'together', outcomeAt: context.now })
		.where('id', 'in', orNobody([...answered]))
		.execute();
	for (const place of places) {
		if (place.outcome || answered.has(place.id)) continue;
		const others = listed(
			places
				.filter((one) => one.introductionId === place.introductionId && one !== place)
				.map(({ organisationId }) => names.get(organisationId)!.name)
		);
		await writeTo(write, context, place, {
			subject: m.introductions_outcome_subject({ others }),
			title: m.introductions_outcome_title({ others }),
			paragraphs: [m.introductions_outcome_text()],
			button: m.introductions_outcome_button()
		});
	}
	return due.length;
}

import { m } from '#words';
import { letterheadsOf } from '#modules/hubs/queries/sender.server.ts';
import { acceptedIn } from '#modules/cooperations/queries/partners.server.ts';
import { summariesOf } from '#modules/organisations/queries.server.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { orNobody } from '#platform/ids.ts';
import { writeTo } from './telling.server.ts';
import { mayFollowUp } from '../policy.ts';
import { placesOf } from '../queries.server.ts';
import { askedFor, listed, outcomeAfter, reminderAfter, standingOf } from '../rules.ts';

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
		const own = all.find(({ ids }) => ids.includes(place.id))!;
		// One who became part of another that is on the list is reminded there.
		if (standingOf(all) === 'refused' || own.answer || own.id !== place.id) continue;
		const others = listed(all.filter((one) => one !== own).map(({ organisationId }) => names.get(organisationId)!.name));
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
		const others = listed(
			places
				.filter((one) => one.introductionId === place.introductionId && one !== place)
				.map(({ organisationId }) => names.get(organisationId)!.name)
		);
		if (place.outcome || answered.has(place.id) || !others) continue;
		await writeTo(write, context, place, {
			subject: m.introductions_outcome_subject({ others }),
			title: m.introductions_outcome_title({ others }),
			paragraphs: [m.introductions_outcome_text()],
			button: m.introductions_outcome_button()
		});
	}
	return due.length;
}

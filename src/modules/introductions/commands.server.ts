import { m } from '#words';
import { letterheadOf } from '#modules/hubs/queries/sender.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { findOrganisation, summariesOf } from '#modules/organisations/queries.server.ts';
import { contactsOf } from '#modules/organisations/queries/reaching.server.ts';
import { personOf } from '#platform/actor.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newCode, newId } from '#platform/ids.ts';
import { writeTo } from './commands/telling.server.ts';
import { mayAnswerIntroduction, mayIntroduce } from './policy.ts';
import { answeredByToday, pathOf, placeOf, placesOf } from './queries.server.ts';
import { answerable, introducible, listed, mostInADay, willing, type Answer, type Introduced, type Outcome } from './rules.ts';

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
	yes: (Introduced & { answeredBy: string | null })[],
	late: string | null
): Promise<void> {
	const contacts = await contactsOf(
		context,
		yes.map(({ organisationId }) => organisationId)
	);
	const people = await answeredByToday(context, yes);
	for (const one of yes) {
		const about = yes.filter(
			(other) => other !== one && (late === null || one.organisationId === late || other.organisationId === late)
		);
		const reach = about.map(({ organisationId }) => {
			const contact = contacts.get(organisationId)!;
			return [contact.name, people.get(organisationId), contact.email, contact.phone].filter(Boolean).join(', ');
		});
		const others = listed(about.map(({ organisationId }) => contacts.get(organisationId)!.name));
		await writeTo(write, context, one, {
			subject: m.introductions_given_subject({ others }),
			title: m.introductions_given_title({ others, n: about.length }),
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

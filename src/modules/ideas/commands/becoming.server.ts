import { personOf } from '#platform/actor.ts';
import { longDay, today } from '#platform/clock.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { idFrom } from '#platform/ids.ts';
import { invitePartner, writeCooperation } from '#modules/cooperations/commands.server.ts';
import { takeObject } from '#modules/cooperations/origin/commands.server.ts';
import { findCooperationById, pathOf as cooperationPath } from '#modules/cooperations/queries.server.ts';
import { nameFrom } from '#modules/cooperations/rules.ts';
import { lendHands } from '#modules/hands/commands.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { writeLine } from '#modules/lines/commands.server.ts';
import { noDetails, type Details, type Kind as LineKind } from '#modules/lines/rules.ts';
import { keptAmong, summariesOf } from '#modules/organisations/queries.server.ts';
import { emailsOf, namesOfPersons } from '#modules/people/queries.server.ts';
import { m } from '#words';
import { beginsFor } from '../policy.ts';
import { findWholeIdea, type WholeIdea } from '../queries.server.ts';
import { firstName, stillOpen, topicOf } from '../rules.ts';
import { tellVoices, writeToInhabitant } from './telling.server.ts';

type Sentence = { key: string; kind: LineKind; text: string } & Partial<Details>;

/** All that an idea already says, as lines of the cooperation: where it comes from, for whom, when, what is kept, needed and offered. */
function sentencesOf(idea: WholeIdea, by: string, now: Date): Sentence[] {
	const day = longDay(today(idea.publishedAt!, idea.zone), today(now, idea.zone));
	const dropper = idea.voices.find(({ dropped }) => dropped)?.name ?? m.ideas_somebody();
	const said: (Sentence | null)[] = [
		{ key: 'origin', kind: 'information', topic: 'stakes', text: m.ideas_line_origin({ who: dropper, day, text: idea.text }) },
		idea.dream ? { key: 'dream', kind: 'information', topic: 'vision', text: idea.dream } : null,
		idea.kept ? { key: 'kept', kind: 'objective', topic: 'common', text: idea.kept } : null,
		idea.forWhom ? { key: 'public', kind: 'public', text: idea.forWhom } : null,
		idea.moment ? { key: 'moment', kind: 'date', topic: 'project', text: idea.moment } : null,
		idea.firstStep ? { key: 'step', kind: 'task', text: idea.firstStep, endsOn: idea.firstStepOn } : null
	];
	const needs = idea.needs.map(({ id, kind, text }): Sentence => ({ key: id, kind: 'need', topic: topicOf[kind], text }));
	const offers = idea.voices.flatMap((voice): Sentence[] => {
		if (!voice.text) return [];
		const own = idea.rows.find(({ id }) => id === voice.id)?.organisationId === by;
		return [
			own
				? { key: voice.id, kind: 'contribution', topic: 'other', text: voice.text, whoOrganisation: by }
				: {
						key: voice.id,
						kind: 'information',
						text: m.ideas_line_offer({ who: voice.name ?? m.ideas_somebody(), text: voice.text })
					}
		];
	});
	return [...said.filter((one) => one !== null), ...needs, ...offers];
}

/** Those who speak for themselves: told; and given to the partners as hands when they said that they may be reached. */
async function carryInhabitants(write: Writer, context: Context, idea: WholeIdea, cooperation: { id: string; path: string }) {
	const own = idea.rows.filter(({ organisationId, confirmedAt }) => organisationId === null && confirmedAt !== null);
	const ids = own.flatMap(({ personId }) => personId ?? []);
	const [names, emails] = [await namesOfPersons(write, ids), await emailsOf(write, ids)];
	const reached = own.map((one) => ({
		...one,
		called: one.name ?? (one.personId ? (names.get(one.personId) ?? '') : ''),
		at: one.email ?? (one.personId ? (emails.get(one.personId) ?? null) : null)
	}));
	await lendHands(
		write,
		context,
		cooperation.id,
		reached.flatMap(({ id, lendsHand, at, called, text, joinedAt }) =>
			lendsHand && at
				? [
						{
							id: idFrom(cooperation.id, id),
							name: firstName(called),
							contact: at,
							text: text ?? idea.text,
							consentedAt: joinedAt
						}
					]
				: []
		)
	);
	for (const { id, email, called, lendsHand } of reached) {
		if (!email) continue;
		await writeToInhabitant(
			write,
			context,
			{ id, name: called, email },
			{
				subject: m.ideas_mail_became_subject(),
				title: m.ideas_mail_became_title({ text: idea.text }),
				paragraphs: [lendsHand ? m.ideas_mail_became_lends() : m.ideas_mail_became_free()],
				button: m.ideas_mail_page_button()
			}
		);
	}
}

/**
 * Makes a cooperation of an idea, with all that it already says: by a member of an organisation that dropped it or joined. The other
 * organisations are invited, and each accepts as usual. Sent twice, it begins once; of two at once, the second is led to the first.
 */
export async function becomeCooperation(
	context: Context,
	address: string,
	{ id, organisation }: { id: string; organisation: string | null }
): Promise<string> {
	const { now } = context;
	const found = await findWholeIdea(context, address);
	const mine = beginsFor(context.actor, found.facts);
	const write = allow(context, mine.length > 0 && (organisation === null || mine.includes(organisation)));
	const locked = await write
		.selectFrom('ideas')
		.select(['cooperationId', 'hiddenAt', 'becameAt'])
		.where('id', '=', found.id)
		.forUpdate()
		.executeTakeFirstOrThrow();
	if (locked.cooperationId !== null && locked.cooperationId === id)
		return cooperationPath(await findCooperationById(context, id));
	stillOpen(locked);
	const by = organisation ?? (mine.length === 1 ? mine[0]! : null);
	if (by === null) throw new Refused('organisations.choose-one', {}, 'organisation');
	const idea = await findWholeIdea(context, address);
	if (!idea.publishedAt) throw new NotFound();
	const { cooperation, own } = await writeCooperation(context, {
		id,
		name: nameFrom(idea.text),
		sentence: idea.text,
		actingFor: by
	});
	await write
		.updateTable('ideas')
		.set({ cooperationId: id, becameAt: now, becameBy: personOf(context.actor), becameFor: by })
		.where('id', '=', idea.id)
		.execute();
	const others = (await keptAmong(write, idea.organisations)).filter((one) => one !== by);
	const names = await summariesOf(write, others);
	for (const [index, other] of others.entries())
		await invitePartner(write, context, cooperation, names.get(other)!, {
			role: 'carrier',
			place: null,
			email: null,
			invitedFor: { id: own.id, name: own.name },
			position: index + 2
		});
	for (const { key, kind, text, ...details } of sentencesOf(idea, by, now))
		await writeLine(context, id, {
			...noDetails,
			...details,
			id: idFrom(id, key),
			kind,
			text,
			audience: 'partners',
			actingFor: by
		});
	const whole = await findCooperationById(context, id);
	if (idea.firstStep)
		await takeObject(write, context, whole, { object: idea.firstStep.slice(0, 200), objectKey: null, objectKind: null, by });
	await tell(write, context, {
		chain: { cooperation: id },
		verb: 'idea-became',
		ids: { idea: idea.id, organisation: by },
		says: { organisation: own.name, text: idea.text }
	});
	await carryInhabitants(write, context, idea, whole);
	// the organisations are told by their invitation
	await tellVoices(
		write,
		context,
		idea.rows.filter(({ organisationId }) => organisationId === null),
		{ text: m.ideas_told_became({ text: idea.text }), path: idea.path }
	);
	return whole.path;
}

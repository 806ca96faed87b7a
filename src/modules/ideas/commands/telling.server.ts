import { m } from '#words';
import { personOf } from '#platform/actor.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { address } from '#platform/running.server.ts';
import { makeLink } from '#modules/links/commands.server.ts';
import { notify, post } from '#modules/notices/commands.server.ts';
import { tellManagers } from '#modules/organisations/commands/telling.server.ts';
import { mayTellInhabitants } from '../policy.ts';
import { pathOf, type VoiceRow } from '../queries.server.ts';
import { firstName } from '../rules.ts';

const kind = { kind: 'idea', cooperationId: null } as const;

/**
 * Tells those who stand in an idea and have an account here, never the one who acts: people for themselves, and those who manage the
 * organisations. Inhabitants without an account are written to once a day, by the job.
 */
export async function tellVoices(
	write: Writer,
	context: Context,
	voices: Pick<VoiceRow, 'organisationId' | 'personId' | 'confirmedAt'>[],
	told: { text: string; path: string }
): Promise<void> {
	const here = voices.filter(({ confirmedAt }) => confirmedAt !== null);
	await tellManagers(
		write,
		context,
		here.flatMap(({ organisationId }) => organisationId ?? []),
		{ ...kind, ...told }
	);
	const people = here.flatMap(({ organisationId, personId }) =>
		organisationId === null && personId !== null && personId !== personOf(context.actor) ? [personId] : []
	);
	await notify(
		write,
		context.now,
		[...new Set(people)].map((personId) => ({ personId, ...kind, ...told }))
	);
}

/** Writes to an inhabitant without an account; the link under the button opens their own page of the idea, and only that. */
export async function writeToInhabitant(
	write: Writer,
	{ now }: Context,
	voice: { id: string; name: string; email: string },
	said: { subject: string; title: string; paragraphs: string[]; button: string }
): Promise<void> {
	const token = await makeLink(write, now, { thing: voice.id, may: 'answer', invitee: voice.id, organisationId: null });
	await post(write, now, {
		to: { name: firstName(voice.name), email: voice.email },
		subject: said.subject,
		letter: {
			title: said.title,
			paragraphs: said.paragraphs,
			buttons: [{ label: said.button, url: address(`/idee/${token}`) }],
			foot: [m.ideas_mail_foot()]
		},
		kind: 'idea',
		stop: 'address'
	});
}

/** Tells an inhabitant who joined an idea since they were last told: one mail a day at most. */
export async function tellInhabitant(context: Context, voiceId: string): Promise<void> {
	const write = allow(context, mayTellInhabitants(context.actor));
	const { now } = context;
	const voice = await write
		.selectFrom('ideaVoices as v')
		.innerJoin('ideas as i', 'i.id', 'v.ideaId')
		.select(['v.id', 'v.ideaId', 'v.name', 'v.email', 'v.toldAt', 'v.confirmedAt', 'i.text', 'i.code'])
		.where('v.id', '=', voiceId)
		.where('v.leftAt', 'is', null)
		.forUpdate('v')
		.executeTakeFirst();
	const since = voice?.toldAt ?? voice?.confirmedAt;
	if (!voice?.email || !since) return;
	const joined = await write
		.selectFrom('ideaVoices as v')
		.leftJoin('organisations as o', 'o.id', 'v.organisationId')
		.leftJoin('persons as p', 'p.id', 'v.personId')
		.select(['o.name as organisation', 'v.name', 'p.name as person', 'v.text'])
		.where('v.ideaId', '=', voice.ideaId)
		.where('v.id', '!=', voice.id)
		.where('v.dropped', '=', false)
		.where('v.leftAt', 'is', null)
		.where('v.confirmedAt', '>', since)
		.orderBy('v.confirmedAt')
		.limit(20)
		.execute();
	await write.updateTable('ideaVoices').set({ toldAt: now }).where('id', '=', voice.id).execute();
	if (!joined.length) return;
	await writeToInhabitant(
		write,
		context,
		{ id: voice.id, name: voice.name ?? '', email: voice.email },
		{
			subject: m.ideas_mail_joined_subject({ n: joined.length }),
			title: m.ideas_mail_joined_title({ text: voice.text }),
			paragraphs: [
				...joined.map((one) =>
					m.ideas_mail_joined_one({ who: one.organisation ?? firstName(one.name ?? one.person ?? ''), text: one.text ?? '' })
				),
				m.ideas_mail_read({ url: address(pathOf(voice)) })
			],
			button: m.ideas_mail_page_button()
		}
	);
}

import { findCooperation, inCooperation } from '#modules/cooperations/queries.server.ts';
import { speaksHereFor } from '#modules/cooperations/policy.ts';
import { answerPage, chooseName, withdrawPage } from '#modules/publications/commands.server.ts';
import { answerForm, handleForm, nameForm, withdrawForm } from '#modules/publications/forms.ts';
import { eraseIdea, keepIdea } from '#modules/publications/ideas/commands.server.ts';
import { listIdeas } from '#modules/publications/ideas/queries.server.ts';
import { answersFor, choosesNameFor, mayPropose } from '#modules/publications/policy.ts';
import { findBalance, findPublicPage } from '#modules/publications/queries.server.ts';
import { publicPath } from '#modules/publications/queries/public.server.ts';
import { inOrder, paragraphs } from '#modules/publications/rules.ts';
import { standsOut } from '#modules/publications/rules/balance.ts';
import { relative, today, wall } from '#platform/clock.ts';
import { pageIn } from '#platform/forms.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { cooperation: string };

export const load = page('signed in', async (context, params: Params, url) => {
	const cooperation = await findCooperation(context, params.cooperation);
	const takesPart = mayPropose(context.actor, cooperation);
	const found = await findPublicPage(context, cooperation);
	const balance = takesPart ? await findBalance(context, cooperation, found) : [];
	const at = pageIn(url.searchParams);
	const when = (date: Date) => relative(wall(date, cooperation.zone).day, today(context.now, cooperation.zone));
	const ideas = takesPart ? await listIdeas(context, cooperation, at) : { count: 0, pages: 1, ideas: [] };
	const nameOf = (id: string) => cooperation.partners.find(({ organisationId }) => organisationId === id)?.name ?? '';
	const named = (ids: readonly string[]) =>
		cooperation.accepted
			.filter(({ organisationId }) => ids.includes(organisationId))
			.map(({ organisationId, name }) => ({ id: organisationId, name, named: found.named.has(organisationId) }));
	const { last, online } = found;
	return {
		cooperation,
		takesPart,
		propose: takesPart && !cooperation.endedAt,
		// whoever reads no draft reads what everybody reads
		onlinePath: found.since ? publicPath({ title: online?.content.title ?? cooperation.name, code: cooperation.code }) : null,
		onlineN: online?.n ?? null,
		last: last && {
			id: last.id,
			n: last.n,
			by: nameOf(last.proposedFor),
			when: when(last.proposedAt),
			cover: last.cover && { says: last.cover.says, width: last.cover.width, height: last.cover.height },
			content: {
				...last.content,
				happened: paragraphs(last.content.happened),
				changed: paragraphs(last.content.changed ?? ''),
				next: paragraphs(last.content.next ?? '')
			},
			order: inOrder(cooperation.accepted, last.content.order)
				.map(({ name }) => name)
				.join(', ')
		},
		waits: found.answers
			.filter(({ organisationId }) => found.missing.includes(organisationId))
			.map(({ name }) => name)
			.join(', '),
		answers: found.answers.map(({ organisationId, name, said }) => ({
			organisationId,
			name,
			answer: said?.answer ?? null,
			reason: said?.reason ?? null,
			when: said ? when(said.at) : null
		})),
		able: answersFor(context.actor, cooperation).length > 0,
		// whoever said yes to what is online takes it away instead of saying no
		answering:
			last && !cooperation.endedAt
				? named(answersFor(context.actor, cooperation))
						.map((one) => ({ ...one, yes: !found.missing.includes(one.id) }))
						.filter(({ yes }) => !yes || online?.id !== last.id)
				: [],
		withdrawing: online ? named(answersFor(context.actor, cooperation)) : [],
		naming: last ? named(choosesNameFor(context.actor, cooperation)) : [],
		balance,
		standsOut: standsOut(balance),
		ideas: { ...ideas, page: at, ideas: ideas.ideas.map((idea) => ({ ...idea, when: when(idea.receivedAt) })) },
		speakers: cooperation.accepted
			.filter(({ organisationId }) => speaksHereFor(context.actor, cooperation).includes(organisationId))
			.map(({ organisationId, name }) => ({ value: organisationId, label: name }))
	};
});

export const actions = {
	answer: action('signed in', answerForm, inCooperation(answerPage), {
		say: ({ online }) => (online ? m.publications_answered_online() : m.publications_answered())
	}),
	withdraw: action('signed in', withdrawForm, inCooperation(withdrawPage), { say: () => m.publications_withdrawn() }),
	name: action('signed in', nameForm, inCooperation(chooseName), { say: () => m.publications_name_chosen() }),
	keep: action('signed in', handleForm, inCooperation(keepIdea), { say: () => m.publications_idea_kept() }),
	erase: action('signed in', handleForm, inCooperation(eraseIdea), { say: () => m.publications_idea_erased() })
};

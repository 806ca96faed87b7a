import { speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperation, inCooperation } from '#modules/cooperations/queries.server.ts';
import { speakersHere } from '#modules/cooperations/rules.ts';
import { listDrafts } from '#modules/drafts/queries.server.ts';
import { proposePage } from '#modules/publications/commands.server.ts';
import { proposeForm } from '#modules/publications/forms.ts';
import { mayPropose } from '#modules/publications/policy.ts';
import { findPublicPage, listShowable } from '#modules/publications/queries.server.ts';
import { Forbidden } from '#platform/errors.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

type Params = { cooperation: string };

export const load = page('signed in', async (context, params: Params, url, { draft }) => {
	const cooperation = await findCooperation(context, params.cooperation);
	if (!mayPropose(context.actor, cooperation)) throw new Forbidden();
	const { last } = await findPublicPage(context, cooperation);
	const mine = speaksHereFor(context.actor, cooperation);
	const { figures, lines } = await listShowable(context, cooperation, mine, last?.content ?? null);
	const shown = new Set((last?.content.lines ?? []).map(({ root }) => root));
	return {
		drafts: await listDrafts(context, draft, url.pathname),
		cooperation,
		id: newId(),
		read: last?.n ?? 0,
		content: last?.content ?? null,
		cover: last?.cover ? { says: last.cover.says, width: last.cover.width, height: last.cover.height } : null,
		figures: figures.map(({ of, label, value }) => ({ value: of, label: `${value} ${label}` })),
		// what is already there first, then the latest: a long list would hide it
		lines: [...lines.filter(({ root }) => shown.has(root)), ...lines.filter(({ root }) => !shown.has(root)).toReversed()]
			.slice(0, 40)
			.map(({ root, text }) => ({ value: root, label: text })),
		speakers: speakersHere(context.actor, cooperation, mine)
	};
});

export const actions = {
	default: action('signed in', proposeForm, inCooperation(proposePage), {
		to: (_, { cooperation }: Params) => `/cooperations/${cooperation}/page-publique`,
		say: () => m.publications_proposed()
	})
};

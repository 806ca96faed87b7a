import { m } from '#words';
import { abilities, speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperation, inCooperation } from '#modules/cooperations/queries.server.ts';
import { speakersHere } from '#modules/cooperations/rules.ts';
import { listDrafts } from '#modules/drafts/queries.server.ts';
import { listIndicators } from '#modules/evaluations/indicators/queries.server.ts';
import { shareLine, writeLine } from '#modules/lines/commands.server.ts';
import { shareForm, writeForm } from '#modules/lines/forms.ts';
import { abilitiesOn } from '#modules/lines/policy.ts';
import { listLines } from '#modules/lines/queries.server.ts';
import { answerSharing } from '#modules/lines/closing/commands.server.ts';
import { consentForm } from '#modules/lines/closing/forms.ts';
import { answersSharingFor } from '#modules/lines/closing/policy.ts';
import { findSharing, listReview } from '#modules/lines/closing/queries.server.ts';
import { reviewed } from '#modules/lines/rules/sections.ts';
import { today } from '#platform/clock.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';

type Params = { cooperation: string };

export const load = page('signed in', async (context, { cooperation: address }: Params, url, { draft }) => {
	const cooperation = await findCooperation(context, address);
	const { actor } = context;
	const mine = speaksHereFor(actor, cooperation);
	const shown = (line: Awaited<ReturnType<typeof listReview>>[number]) => ({
		...line,
		can: abilitiesOn(actor, cooperation, line)
	});
	const risks = await listLines(context, cooperation.id, ['risk']);
	return {
		cooperation,
		drafts: await listDrafts(context, draft, url.pathname),
		day: today(context.now, cooperation.zone),
		lines: (await listReview(context, cooperation.id)).map(shown),
		indicators: await listIndicators(context, cooperation),
		unforeseen: risks.filter(({ topic }) => topic === 'happened').map(shown),
		takePart: abilities(actor, cooperation).takePart && !cooperation.endedAt,
		speakers: speakersHere(actor, cooperation, mine),
		newIds: Object.fromEntries([...reviewed, 'unforeseen'].map((id) => [id, newId()])),
		sharing: mine.length ? await findSharing(context, cooperation) : null,
		answersFor: answersSharingFor(actor, cooperation)
	};
});

export const actions = {
	writeLine: action('signed in', writeForm, inCooperation(writeLine), { say: () => m.lines_written() }),
	shareLine: action(
		'signed in',
		shareForm,
		inCooperation((context, id, input: Parameters<typeof shareLine>[1]) => shareLine(context, input, id)),
		{ say: () => m.lines_shared() }
	),
	consent: action('signed in', consentForm, inCooperation(answerSharing), { say: () => m.lines_review_consented() })
};

import { mayTakePart, speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { speakersHere } from '#modules/cooperations/rules.ts';
import { copyCooperation } from '#modules/lines/copying/commands.server.ts';
import { copyForm } from '#modules/lines/copying/forms.ts';
import { listCopiable } from '#modules/lines/copying/queries.server.ts';
import { copiedKinds } from '#modules/lines/copying/rules.ts';
import { Forbidden } from '#platform/errors.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

type Params = { cooperation: string };

export const load = page('signed in', async (context, { cooperation: at }: Params, url) => {
	const cooperation = await findCooperation(context, at);
	if (!mayTakePart(context.actor, cooperation)) throw new Forbidden();
	const mine = speaksHereFor(context.actor, cooperation);
	const asked = url.searchParams.get('pour');
	const own = asked !== null && mine.includes(asked) ? asked : mine[0]!;
	const lines = await listCopiable(context, cooperation, own);
	return {
		cooperation,
		own,
		speakers: speakersHere(context.actor, cooperation, mine),
		groups: copiedKinds
			.map((kind) => ({ kind, lines: lines.filter((line) => line.kind === kind).map(({ id, text }) => ({ id, text })) }))
			.filter((group) => group.lines.length),
		newCooperation: newId()
	};
});

export const actions = {
	copy: action(
		'signed in',
		copyForm,
		async (context, input, { cooperation }: Params) =>
			copyCooperation(context, (await findCooperation(context, cooperation)).id, input),
		{ to: (path) => `${path}/reprendre/partenaires`, say: () => m.lines_copied() }
	)
};

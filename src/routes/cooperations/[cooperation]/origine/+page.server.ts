import { durationKinds } from '#content/stages/durations.ts';
import { tellOrigin } from '#modules/cooperations/origin/commands.server.ts';
import { originForm } from '#modules/cooperations/origin/forms.ts';
import { findOrigin, listPossibleParents } from '#modules/cooperations/origin/queries.server.ts';
import { mayTakePart, readerOf, speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { speakersHere } from '#modules/cooperations/rules.ts';
import { today } from '#platform/clock.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

type Params = { cooperation: string };

export const load = page('signed in', async (context, { cooperation: at }: Params) => {
	const cooperation = await findCooperation(context, at);
	const { now, changes, parent, children } = await findOrigin(context, cooperation);
	const may = mayTakePart(context.actor, cooperation) && cooperation.endedAt === null;
	const possible = may ? await listPossibleParents(context, cooperation) : [];
	return {
		cooperation,
		reader: readerOf(context.actor, cooperation),
		day: today(context.now, cooperation.zone),
		now: now && { ...now, on: today(now.at, cooperation.zone) },
		changes: changes.map(({ at: changedAt, ...one }) => ({ ...one, on: today(changedAt, cooperation.zone) })),
		parent,
		children,
		kinds: durationKinds.map(({ id, label }) => ({ value: id, label })),
		// The parent that stands stays possible, even when the list is too long to hold it.
		parents: [...(parent && !possible.some(({ id }) => id === parent.id) ? [parent] : []), ...possible].map(({ id, name }) => ({
			value: id,
			label: name
		})),
		may,
		speakers: speakersHere(context.actor, cooperation, speaksHereFor(context.actor, cooperation)),
		newOrigin: newId()
	};
});

export const actions = {
	tell: action(
		'signed in',
		originForm,
		async (context, input, { cooperation }: Params) =>
			tellOrigin(context, (await findCooperation(context, cooperation)).id, input),
		{ say: () => m.cooperations_origin_told() }
	)
};

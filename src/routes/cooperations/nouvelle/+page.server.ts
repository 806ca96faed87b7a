import { beginCooperation } from '#modules/cooperations/commands.server.ts';
import { beginForm } from '#modules/cooperations/forms.ts';
import { conveneFirst } from '#modules/meetings/commands.server.ts';
import { firstMeetingForm } from '#modules/meetings/forms.ts';
import { today } from '#platform/clock.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

export const load = page('signed in', async ({ actor, now }, _params, url) => ({
	/** The directory proposes one. */
	withWhom: url.searchParams.get('avec')?.slice(0, 300) ?? null,
	id: newId(),
	meeting: newId(),
	today: today(now, 'Europe/Paris'),
	speakers:
		actor.is === 'person' ? actor.belongings.map(({ organisationId, name }) => ({ value: organisationId, label: name })) : []
}));

export const actions = {
	/** What, with whom, when: the three are written together or not at all. */
	default: action(
		'signed in',
		beginForm.extend(firstMeetingForm.shape),
		async (context, input) => {
			const begun = await beginCooperation(context, input);
			return { ...begun, meeting: await conveneFirst(context, begun.id, { ...input, id: input.meeting }) };
		},
		{
			to: ({ path, meeting }) => (meeting ? path : `${path}/reunions/sonder`),
			say: ({ meeting }) => (meeting ? m.meetings_begun_with_date() : m.cooperations_begun())
		}
	)
};

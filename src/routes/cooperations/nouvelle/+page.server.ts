import { inNameOf } from '#modules/organisations/rules/speaking.ts';
import { beginCooperation } from '#modules/cooperations/commands.server.ts';
import { beginForm } from '#modules/cooperations/forms.ts';
import { conveneFirst } from '#modules/meetings/commands.server.ts';
import { firstMeetingForm } from '#modules/meetings/forms.ts';
import { objectNamed } from '#modules/library/rules.ts';
import { optionalText } from '#platform/forms.ts';
import { today } from '#platform/clock.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

const ideaOf = (object: ReturnType<typeof objectNamed>) =>
	object ? { id: object.id, name: object.name, title: object.title } : null;

export const load = page('signed in', async ({ actor, now }, _params, url) => ({
	/** The directory proposes one. */
	withWhom: url.searchParams.get('avec')?.slice(0, 300) ?? null,
	/** An idea of the library, from which one begins. */
	idea: ideaOf(objectNamed(url.searchParams.get('objet') ?? '')),
	id: newId(),
	meeting: newId(),
	today: today(now, 'Europe/Paris'),
	speakers: actor.is === 'person' ? inNameOf(actor, actor.belongings) : []
}));

export const actions = {
	/** What, with whom, when: the three are written together or not at all. */
	default: action(
		'signed in',
		beginForm.extend(firstMeetingForm.shape).extend({ objet: optionalText(60) }),
		async (context, input) => {
			const begun = await beginCooperation(context, input);
			return {
				...begun,
				object: objectNamed(input.objet ?? ''),
				meeting: await conveneFirst(context, begun.id, { ...input, id: input.meeting })
			};
		},
		{
			to: ({ path, meeting, object }) =>
				object ? `${path}/faire-pareil/${object.id}` : meeting ? path : `${path}/reunions/sonder`,
			say: ({ meeting }) => (meeting ? m.meetings_begun_with_date() : m.cooperations_begun())
		}
	)
};

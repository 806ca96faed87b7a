import { machineData } from '#modules/publications/documents.server.ts';
import { ideaForm } from '#modules/publications/forms.ts';
import { countIdea, sendIdea } from '#modules/publications/ideas/commands.server.ts';
import { findPublication } from '#modules/publications/queries/public.server.ts';
import { countOffer, offerHand } from '#modules/hands/commands.server.ts';
import { offerForm } from '#modules/hands/forms.ts';
import { paragraphs } from '#modules/publications/rules.ts';
import { longDay, span, today, wall } from '#platform/clock.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { qrOf } from '#platform/qr.ts';
import { address } from '#platform/running.server.ts';
import { m } from '#words';

type Params = { projet: string };

export const load = page('everyone', async (context, { projet }: Params) => {
	const found = await findPublication(context, projet);
	const { content, cover, path, partners, endedAt } = found;
	return {
		publication: {
			content: {
				...content,
				happened: paragraphs(content.happened),
				changed: paragraphs(content.changed ?? ''),
				next: paragraphs(content.next ?? ''),
				lines: content.lines.map(({ root, text }) => ({ root, text }))
			},
			cover: cover && { says: cover.says, width: cover.width, height: cover.height },
			path,
			partners,
			ended: endedAt !== null,
			sessions: found.sessions.map(({ startsAt, endsAt, zone, title, place, toKnow, moved, uid }) => ({
				uid,
				title,
				place,
				toKnow,
				moved,
				date: wall(startsAt, zone).day,
				day: longDay(wall(startsAt, zone).day, today(context.now, zone)),
				hours: span(startsAt, endsAt, zone)
			}))
		},
		canonical: address(path),
		picture: cover && address(`${path}/photo`),
		qr: qrOf(address(path)),
		machine: machineData(found),
		ideaId: newId(),
		handId: newId()
	};
});

export const actions = {
	hand: action(
		'everyone',
		offerForm,
		async (context, input, { projet }: Params, { network }) => offerHand(context, projet, input, network),
		{
			apart: async (context, { network, typed }) => countOffer(context, { network, reach: String(typed.reach ?? '') }),
			say: () => m.hands_offered()
		}
	),
	idea: action(
		'everyone',
		ideaForm,
		async (context, input, { projet }: Params, { network }) => sendIdea(context, projet, input, network),
		{
			apart: async (context, { network, typed }) =>
				countIdea(context, { network, idea: String(typed.idea ?? ''), contact: String(typed.contact ?? '') }),
			say: () => m.publications_public_sent()
		}
	)
};

import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { listDrafts } from '#modules/drafts/queries.server.ts';
import { findOrganisationName } from '#modules/organisations/queries.server.ts';
import { rewordOpening } from '#modules/pitches/commands.server.ts';
import { onPaper } from '#modules/pitches/documents.server.ts';
import { openingForm } from '#modules/pitches/forms.ts';
import { hereOrInvitedFor } from '#modules/cooperations/policy.ts';
import { findPitch } from '#modules/pitches/queries.server.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { cooperation: string; pitch: string };

export const load = page('signed in', async (context, params: Params, url, { draft }) => {
	const cooperation = await findCooperation(context, params.cooperation);
	const pitch = await findPitch(context, cooperation.id, params.pitch);
	const issuer = (await findOrganisationName(context.db, pitch.madeFor)) ?? '';
	return {
		drafts: await listDrafts(context, draft, url.pathname),
		cooperation,
		pitch: { id: pitch.id, addressee: pitch.addressee, opening: pitch.opening, who: pitch.who, organisation: pitch.madeFor },
		paper: onPaper(cooperation, pitch, issuer),
		mayReword: hereOrInvitedFor(context.actor, cooperation).includes(pitch.madeFor)
	};
});

export const actions = {
	reword: action(
		'signed in',
		openingForm,
		async (context, input, { cooperation, pitch }: Params) =>
			rewordOpening(context, (await findCooperation(context, cooperation)).id, pitch, input),
		{ say: () => m.pitches_reworded() }
	)
};

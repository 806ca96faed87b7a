import { writeLine } from '#modules/lines/commands.server.ts';
import { writeForm } from '#modules/lines/forms.ts';
import { countLines, listLatestLines } from '#modules/lines/queries.server.ts';
import { byStep } from '#modules/lines/rules.ts';
import { acceptPartnership, declinePartnership } from '#modules/cooperations/commands.server.ts';
import { declineForm, partnerForm } from '#modules/cooperations/forms.ts';
import { abilities, speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { missingAssociations } from '#modules/cooperations/rules.ts';
import { welcomePartner } from '#modules/meetings/commands.server.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

type Params = { cooperation: string };

export const load = page('signed in', async (context, { cooperation: address }: Params) => {
	const cooperation = await findCooperation(context, address);
	const mine = speaksHereFor(context.actor, cooperation);
	return {
		cooperation,
		counts: byStep(await countLines(context, cooperation.id)),
		missing: missingAssociations(cooperation.partners),
		lines: await listLatestLines(context, cooperation.id),
		speakers: cooperation.accepted
			.filter(({ organisationId }) => mine.includes(organisationId))
			.map(({ organisationId, name }) => ({ value: organisationId, label: name })),
		newLine: newId(),
		can: abilities(context.actor, cooperation)
	};
});

export const actions = {
	writeLine: action(
		'signed in',
		writeForm,
		async (context, input, { cooperation }: Params) =>
			writeLine(context, (await findCooperation(context, cooperation)).id, input),
		{ say: () => m.lines_written() }
	),
	accept: action(
		'signed in',
		partnerForm,
		async (context, input, { cooperation: at }: Params) => {
			const cooperation = await findCooperation(context, at);
			await acceptPartnership(context, cooperation.id, input);
			await welcomePartner(context, cooperation.id, input.partnerId);
		},
		{ say: () => m.cooperations_accepted() }
	),
	decline: action(
		'signed in',
		declineForm,
		async (context, input, { cooperation }: Params) =>
			declinePartnership(context, (await findCooperation(context, cooperation)).id, input),
		{ to: () => '/', say: () => m.cooperations_declined() }
	)
};

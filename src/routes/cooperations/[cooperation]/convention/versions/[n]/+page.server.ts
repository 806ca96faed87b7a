import { attachSignature, sayItSigns } from '#modules/agreements/commands/signing.server.ts';
import { intentionForm, signatureForm } from '#modules/agreements/forms.ts';
import { mayAttachFor, maySignFor } from '#modules/agreements/policy.ts';
import { findAgreement } from '#modules/agreements/queries.server.ts';
import { findVersion, lastNumber, listSignatures, listVersions } from '#modules/agreements/queries/versions.server.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { cooperation: string; n: string };

export const load = page('signed in', async (context, { cooperation: address, n }: Params) => {
	const cooperation = await findCooperation(context, address);
	const { text: _, ...version } = await findVersion(context, cooperation.id, Number(n));
	const signatories = await listSignatures(context, version.id);
	const audience = (await findAgreement(context, cooperation))?.audience ?? 'partners';
	const last = (await lastNumber(context, version.agreementId)) === version.n;
	const house = mayAttachFor(context.actor, cooperation, audience);
	return {
		cooperation,
		version,
		last,
		others: (await listVersions(context, cooperation.id)).map((one) => one.n).filter((one) => one !== version.n),
		signatories: signatories.map((one) => ({
			...one,
			can: {
				say: last && one.standing === 'waiting' && maySignFor(context.actor, one.organisationId),
				attach: last && (maySignFor(context.actor, one.organisationId) || house)
			}
		}))
	};
});

export const actions = {
	say: action(
		'signed in',
		intentionForm,
		async (context, input, { cooperation }: Params) =>
			sayItSigns(context, (await findCooperation(context, cooperation)).id, input),
		{ say: () => m.agreements_intention_kept() }
	),
	attach: action(
		'signed in',
		signatureForm,
		async (context, input, { cooperation }: Params) =>
			attachSignature(context, (await findCooperation(context, cooperation)).id, input),
		{ say: ({ organisation }) => m.agreements_signature_kept({ organisation }) }
	)
};

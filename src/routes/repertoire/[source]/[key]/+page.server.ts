import { claimByAddress, claimByOthers, claimRecord } from '#modules/identity/claims/commands.server.ts';
import { byAddressForm, byOthersForm } from '#modules/identity/claims/forms.ts';
import { mayClaim } from '#modules/identity/claims/policy.ts';
import { seatAmong, type Target } from '#modules/identity/claims/queries.server.ts';
import { addRecord } from '#modules/identity/official/commands.server.ts';
import { entriesOf, findSignsOf, likelyEntries } from '#modules/identity/official/queries.server.ts';
import { recordForm } from '#modules/identity/official/forms.ts';
import { mayEnter } from '#modules/identity/policy.ts';
import { findOfficial, listSameBody } from '#modules/register/queries.server.ts';
import { labelsOf, listEstablishments } from '#modules/register/queries/labels.server.ts';
import type { Context } from '#platform/context.server.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { source: string; key: string };

export const load = page('signed in', async (context, { source, key }: Params) => {
	const record = await findOfficial(context, { source, key });
	const entries = await entriesOf(context.db, record.id);
	const others = await listSameBody(context, record.id);
	return {
		record,
		others,
		life: await findSignsOf(context, [record, ...others]),
		labels: await labelsOf(context.db, record),
		establishments: await listEstablishments(context.db, record),
		entries,
		likely: entries.length ? [] : await likelyEntries(context, record),
		hasSeat: (await seatAmong(context, [record.id])) !== null,
		may: { claim: mayClaim(context.actor), enter: mayEnter(context.actor) }
	};
});

/** Claims the record by one of the ways, on the entry that stands for it from then on. */
const claiming =
	<I>(ask: (context: Context, target: Target, input: I) => Promise<void>) =>
	(context: Context, input: I, params: Params) =>
		claimRecord(context, params, (target) => ask(context, target, input));
const there = ({ path }: { path: string }) => `${path}/gerer`;

export const actions = {
	address: action('signed in', byAddressForm, claiming(claimByAddress), { to: there, say: () => m.identity_claim_code_sent() }),
	letter: action(
		'signed in',
		byOthersForm,
		claiming((context, target, input) => claimByOthers(context, target, 'letter', input)),
		{ to: there, say: () => m.identity_claim_asked() }
	),
	vouch: action(
		'signed in',
		byOthersForm,
		claiming((context, target, input) => claimByOthers(context, target, 'vouch', input)),
		{ to: there, say: () => m.identity_claim_asked() }
	),
	enter: action('signed in', recordForm, (context, { bodyId }) => addRecord(context, bodyId), {
		to: ({ path }) => path,
		say: ({ name }) => m.identity_entered({ name })
	})
};

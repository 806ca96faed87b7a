import { findCooperation, inCooperation } from '#modules/cooperations/queries.server.ts';
import { listDrafts } from '#modules/drafts/queries.server.ts';
import { beyondName } from '#modules/cooperations/rules.ts';
import { makePitch } from '#modules/pitches/commands.server.ts';
import { pitchForm, toForm } from '#modules/pitches/forms.ts';
import { hereOrInvitedFor } from '#modules/cooperations/policy.ts';
import { findMaterial, findPitch, listPitches } from '#modules/pitches/queries.server.ts';
import { argumentsFor } from '#modules/pitches/rules.ts';
import { ownHere } from '#modules/worth/queries.server.ts';
import { longDay, today } from '#platform/clock.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { word } from '#platform/say.ts';
import { m } from '#words';

type Params = { cooperation: string };

export const load = page('signed in', async (context, { cooperation: address }: Params, url, { draft }) => {
	const cooperation = await findCooperation(context, address);
	const { own, others } = ownHere(cooperation, hereOrInvitedFor(context.actor, cooperation), url.searchParams.get('structure'));
	const { zone } = cooperation;
	const redone = url.searchParams.get('refaire');
	const before = redone ? await findPitch(context, cooperation.id, redone) : null;
	const typed = { pour: url.searchParams.get('pour'), nom: url.searchParams.get('nom') };
	const asked = toForm.safeParse(before ? { pour: before.addresseeKind, nom: before.addressee } : typed);
	const to = asked.success ? { kind: asked.data.pour, name: asked.data.nom } : null;
	const wrong =
		!asked.success && (typed.pour !== null || typed.nom !== null)
			? Object.fromEntries(asked.error.issues.map(({ path, message }) => [String(path[0]), message]))
			: {};
	const material = to ? await findMaterial(context, cooperation, own.organisationId) : null;
	const pitches = await listPitches(context, cooperation.id, own.organisationId);
	const ticked = (usual: boolean, known: boolean | undefined) => known ?? usual;
	return {
		drafts: await listDrafts(context, draft, url.pathname),
		cooperation,
		own: { id: own.organisationId, name: own.name },
		others,
		typed: { ...typed, wrong },
		redoes: before?.id ?? null,
		to: to && {
			...to,
			opening:
				before?.opening ??
				word(`pitches_opening_${to.kind}`, { cooperation: cooperation.name, organisation: own.name, addressee: to.name }),
			gains: argumentsFor(to.kind).map((one) => ({ ...one, ticked: ticked(one.usual, before?.gains.includes(one.id)) }))
		},
		material: material && {
			...material,
			asked: material.asked.map((one) => ({ ...one, ticked: one.fits && ticked(one.usual, before?.asked.includes(one.root)) })),
			proven: material.proven.map((one) => ({ ...one, ticked: one.fits && ticked(one.usual, before?.proven.includes(one.root)) }))
		},
		sentence: beyondName(cooperation),
		pitches: pitches.map(({ id, addressee, addresseeKind, madeAt }) => ({
			id,
			addressee,
			kind: addresseeKind,
			day: longDay(today(madeAt, zone), today(context.now, zone))
		})),
		newId: newId()
	};
});

export const actions = {
	make: action('signed in', pitchForm, inCooperation(makePitch), { to: ({ path }) => path, say: () => m.pitches_made() })
};

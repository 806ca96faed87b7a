import { m } from '#words';
import { id, text, z } from '#platform/forms.ts';

/** An organisation, or the administration itself. */
export const administration = 'administration';
const leader = () =>
	z.union([z.literal(administration).transform(() => null), id()], { error: () => m.networks_leader_missing() });

export const declareForm = z.object({ id: id(), name: text(m.networks_name_missing, 120), organisationId: leader() });
export const proposeForm = z.object({ networkId: id(), hubId: id() });
export const networkForm = z.object({ networkId: id() });
export const placeForm = z.object({ id: id() });

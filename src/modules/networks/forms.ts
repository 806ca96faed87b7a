import { m } from '#words';
import { id, text, z } from '#platform/forms.ts';

export const declareForm = z.object({ id: id(), name: text(m.networks_name_missing, 120), organisationId: id() });
export const proposeForm = z.object({ networkId: id(), hubId: id() });
export const networkForm = z.object({ networkId: id() });
export const placeForm = z.object({ id: id() });

import { m } from '#words';
import { id, text, z } from '#platform/forms.ts';

const name = () => text(m.saved_name_missing, 60);

export const saveForm = z.object({ address: z.string().max(2000, { error: m.saved_not_a_list }), name: name() });
export const renameForm = z.object({ id: id(), name: name() });
export const removeForm = z.object({ id: id() });

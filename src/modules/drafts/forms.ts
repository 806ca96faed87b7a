import { id, z } from '#platform/forms.ts';

export const discardForm = z.object({ id: id(), here: z.string().max(2000).optional() });

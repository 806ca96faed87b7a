import { m } from '#words';
import { id, optionalId, text, z } from '#platform/forms.ts';

export const approachForm = z.object({ id: id(), actingFor: optionalId(), text: text(m.approaches_text_missing, 2000) });
export type Approach = z.output<typeof approachForm>;

import { id, oneOf, z } from '#platform/forms.ts';
import { opennesses } from './rules.ts';

export const consentForm = z.object({ organisation: id(), openness: oneOf(opennesses) });

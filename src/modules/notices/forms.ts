import { z } from '#platform/forms.ts';
import { kinds, rhythms } from './rules.ts';

const several = <T extends z.ZodType>(one: T) =>
	z
		.union([one, z.array(one)])
		.optional()
		.transform((value) => (value === undefined ? [] : ([value].flat() as z.output<T>[])));

/** What somebody wants to be told: a box left empty sends nothing. */
export const choicesForm = z.object({
	rhythm: z.enum(rhythms),
	kinds: several(z.enum(kinds)),
	cooperations: several(z.uuid())
});

export const rhythmForm = z.object({ rhythm: z.enum(rhythms) });

import { z } from 'zod';
import { m } from '#words';
import { broughtLists } from './rules/codes.ts';

/** A file that lies in the folder `imports` of the data, and the territory that is wanted of it. */
export const bringForm = z.object({
	file: z.string().max(300),
	departments: z.string().max(500).default(''),
	communes: z.string().max(5000).default('')
});

/** A reading to stop, or to go on with. */
export const readingForm = z.object({ reading: z.coerce.number().int().positive().max(2_147_483_647) });

/** A table of codes and what they mean, as whoever publishes it gives it. */
export const codesForm = z.object({
	list: z.enum(broughtLists),
	file: z.instanceof(File).refine((file) => file.size > 0, m.register_codes_no_file())
});

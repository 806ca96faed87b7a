import { z } from 'zod';

/** A file that lies in the folder `imports` of the data, and the territory that is wanted of it. */
export const bringForm = z.object({
	file: z.string().max(300),
	departments: z.string().max(500).default(''),
	communes: z.string().max(5000).default('')
});

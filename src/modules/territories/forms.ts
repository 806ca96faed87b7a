import { m } from '#words';
import { attached, id, oneOf, text, z } from '#platform/forms.ts';
import { fileKinds } from './rules/files.ts';

export const drawForm = z.object({
	id: id(),
	name: text(m.territories_name_missing, 120),
	communes: text(m.territories_communes_missing, 60_000)
});
export const removeAreaForm = z.object({ key: z.string().max(40) });

export const importForm = z.object({ kind: oneOf(fileKinds), file: attached(m.territories_file_missing) });

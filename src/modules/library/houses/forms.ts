import { m } from '#words';
import { id, oneOf, optionalId, text, ticked, z } from '#platform/forms.ts';
import { kinds } from './rules.ts';

export const houseTextForm = z.object({
	id: id(),
	kind: oneOf(kinds),
	title: text(m.library_house_title_missing, 160),
	body: text(m.library_house_body_missing, 20_000),
	shared: ticked(),
	adaptedFrom: optionalId()
});
export const endHouseTextForm = z.object({ id: id() });

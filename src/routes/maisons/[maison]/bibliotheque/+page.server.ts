import { findHouse } from '#modules/hubs/houses/queries.server.ts';
import { endHouseText, writeHouseText } from '#modules/library/houses/commands.server.ts';
import { endHouseTextForm, houseTextForm } from '#modules/library/houses/forms.ts';
import { findHouseText, listHouseTexts, listSharedTexts } from '#modules/library/houses/queries.server.ts';
import { newId } from '#platform/ids.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { maison: string };

export const load = page('signed in', async (context, { maison }: Params, url) => {
	const house = await findHouse(context, maison);
	const asked = url.searchParams.get('adapter') ?? '';
	return {
		house,
		id: newId(),
		texts: await listHouseTexts(context, house.id),
		from: house.can.accompany && /^[0-9a-f-]{36}$/.test(asked) ? await findHouseText(context, asked) : null,
		others: house.can.accompany ? await listSharedTexts(context, { but: house.id }) : []
	};
});

export const actions = {
	write: action(
		'signed in',
		houseTextForm,
		async (context, input, { maison }: Params) => writeHouseText(context, (await findHouse(context, maison)).id, input),
		{ say: () => m.library_house_saved() }
	),
	end: action(
		'signed in',
		endHouseTextForm,
		async (context, input, { maison }: Params) => endHouseText(context, (await findHouse(context, maison)).id, input),
		{ say: () => m.library_house_ended() }
	)
};

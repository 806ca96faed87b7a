import { addArea, changeHub } from '#modules/hubs/commands.server.ts';
import { writeSignature } from '#modules/hubs/houses/commands.server.ts';
import { writeHouseText } from '#modules/library/houses/commands.server.ts';
import { answerNetwork, declareNetwork, proposeHouse } from '#modules/networks/commands.server.ts';
import { drawArea } from '#modules/territories/commands.server.ts';
import type { Context } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';
import type { World } from '../world.ts';

type Telling = { as: (name: string, days: number) => <T>(run: (context: Context) => Promise<T>) => Promise<T> };

/** Two houses, each with its territory, and a network that one has accepted and the other not yet. */
export async function plantHouses({ as }: Telling, { structures }: Pick<World, 'structures'>): Promise<void> {
	await as(
		'Claire Vasseur',
		150
	)(async (context) => {
		const { key } = await drawArea(context, {
			id: newId(),
			name: 'La vallée et Belleville',
			communes: 'Paris 20e : Belleville\nMontreuil\nSaint-Denis'
		});
		await addArea(context, { hubId: structures.claire, area: key });
		await changeHub(context, structures.claire, {
			senderName: 'Maison des associations de Valsorbier',
			senderEmail: 'maison@valsorbier.example',
			phone: '01 00 00 00 00',
			hours: 'Le mardi et le jeudi',
			presentation: 'Nous accueillons les associations, les mettons en relation et suivons leurs projets communs.'
		});
		await writeSignature(context, structures.claire, { signature: 'La Maison des associations\n01 00 00 00 00' });
		await writeHouseText(context, structures.claire, {
			id: newId(),
			kind: 'clause',
			title: 'Le matériel prêté',
			body: 'Chacun note l’état de ce qu’il prête, le jour où il le prête et le jour où il le reprend.\nCe qui est abîmé est réparé par qui s’en servait.',
			shared: true,
			adaptedFrom: null
		});
		await writeHouseText(context, structures.claire, {
			id: newId(),
			kind: 'grid',
			title: 'Avant de prêter du matériel',
			body: '- Qui répond de ce qui est prêté ?\n- Jusqu’à quand ?\n- Qui transporte ?\n- Que fait-on si quelque chose casse ?',
			shared: false,
			adaptedFrom: null
		});
		await writeHouseText(context, structures.claire, {
			id: newId(),
			kind: 'model',
			title: 'Nos portes ouvertes',
			body: 'Nous ouvrons nos portes et nous aimerions vous rencontrer.\n\nVenez avec une question ou une idée.',
			shared: false,
			adaptedFrom: null
		});
	});
	await as('Yann Le Goff', 120)((context) => addArea(context, { hubId: structures.yann, area: 'dep-34' }));
	const networkId = newId();
	await as(
		'Agathe Morel',
		60
	)(async (context) => {
		await declareNetwork(context, { id: networkId, name: 'Maisons de la vallée', organisationId: structures.helene });
		// where the house of the valley answers for people is the administrator's to say
		for (const { areaKey } of await context.db
			.selectFrom('hubAreas')
			.select('areaKey')
			.where('hubId', '=', structures.claire)
			.execute())
			await addArea(context, { hubId: structures.claire, area: areaKey });
		await proposeHouse(context, { networkId, hubId: structures.claire });
		await proposeHouse(context, { networkId, hubId: structures.yann });
	});
	await as(
		'Claire Vasseur',
		55
	)(async (context) => {
		const place = await context.db
			.selectFrom('networkHouses')
			.select('id')
			.where('networkId', '=', networkId)
			.where('hubId', '=', structures.claire)
			.executeTakeFirstOrThrow();
		await answerNetwork(context, place, true);
	});
}

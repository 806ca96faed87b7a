import { writeHouseText } from '#modules/library/houses/commands.server.ts';
import { declareNetwork, proposeHouse } from '#modules/networks/commands.server.ts';
import { personFor } from '#modules/people/commands.server.ts';
import { newId } from '#platform/ids.ts';
import { hashToken } from '#platform/secrets.server.ts';
import { allow, type Context } from '#platform/context.server.ts';
import type { Actor } from '#platform/actor.ts';
import type { World } from '../../seeds/world.ts';
import type { Doors } from './doors.ts';

type As = <T>(actor: Actor, run: (context: Context) => Promise<T>) => Promise<T>;

/** What is sent to the doors of Claire's house: its words, its territory, one more who accompanies, where it is answered. */
export async function plantHubs(as: As, world: World, token: string): Promise<Doors> {
	const hubId = world.structures.claire;
	const [member, invitation] = [newId(), newId()];
	await as({ is: 'system', name: 'seeds' }, async (context) => {
		const write = allow(context, true);
		const { now } = context;
		const lina = await personFor(write, now, { name: 'Lina Ferrer', email: 'lina@example.org' });
		await write.insertInto('memberships').values({ id: member, organisationId: hubId, personId: lina, joinedAt: now }).execute();
		await write
			.insertInto('invitations')
			.values({
				id: invitation,
				tokenHash: hashToken('y'.repeat(32)),
				organisationId: hubId,
				name: 'Lou',
				email: 'lou@example.org',
				manager: false,
				may: 'discuss',
				accompanies: true,
				invitedAt: now,
				expiresAt: new Date(now.getTime() + 86_400_000)
			})
			.execute();
		await write
			.insertInto('hubAddresses')
			.values({
				tokenHash: hashToken(token),
				hubId,
				email: 'maison@example.org',
				askedAt: now,
				expiresAt: new Date(now.getTime() + 86_400_000)
			})
			.execute();
	});
	const [kept, clause, grid] = [newId(), newId(), newId()];
	const texts = [
		[kept, 'guide'],
		[clause, 'clause'],
		[grid, 'grid']
	] as const;
	for (const [id, kind] of texts)
		await as(world.actors.claire, (context) =>
			writeHouseText(context, hubId, {
				id,
				kind,
				title: 'Commencer petit',
				body: 'Une première chose, en un mois ?',
				shared: false,
				adaptedFrom: null
			})
		);
	const network = newId();
	await as(world.actors.agathe, (context) =>
		declareNetwork(context, { id: network, name: 'Le réseau de la vallée', organisationId: world.structures.nadia })
	);
	await as(world.actors.agathe, (context) => proposeHouse(context, { networkId: network, hubId }));
	const place = await as({ is: 'system', name: 'seeds' }, ({ db }) =>
		db
			.selectFrom('networkHouses as p')
			.innerJoin('networks as n', 'n.id', 'p.networkId')
			.select(['p.id', 'n.code'])
			.where('n.id', '=', network)
			.executeTakeFirstOrThrow()
	);
	const here = '/maisons/[maison]';
	return {
		places: { reseau: `vallee-${place.code}`, maison: world.actors.claire.belongings[0]!.path.replace('/structures/', '') },
		forms: {
			[`${here}/gerer ?/said`]: { senderName: 'Maison de Valsorbier' },
			[`${here}/gerer ?/name`]: { membershipId: member },
			[`${here}/gerer ?/remove`]: { membershipId: member },
			[`${here}/gerer ?/invite`]: { name: 'Ana Diaz', email: 'ana@example.org' },
			[`${here}/gerer ?/revoke`]: { id: invitation },
			[`${here}/gerer ?/signature`]: { signature: 'Claire Vasseur' },
			[`${here}/gerer ?/replyTo`]: { email: 'maison@example.org' },
			[`${here}/gerer ?/forgetReplyTo`]: {},
			[`${here}/territoire ?/add`]: { area: 'com-34172' },
			[`${here}/territoire ?/remove`]: { area: 'com-34172' },
			[`${here}/fermer ?/default`]: { to: world.structures.yann },
			'/maisons/adresse/[token] ?/default': {},
			[`${here}/reseaux ?/accept`]: { id: place.id },
			[`${here}/reseaux ?/decline`]: { id: place.id },
			[`${here}/reseaux ?/leave`]: { id: place.id },
			[`${here}/bibliotheque ?/write`]: { id: newId(), kind: 'clause', title: 'Le matériel', body: 'Chacun répond du sien.' },
			[`${here}/bibliotheque ?/end`]: { id: kept },
			'/cooperations/[cooperation]/convention/articles ?/take': { id: newId(), text: clause },
			'/cooperations/[cooperation]/reunions/[meeting] ?/takeGrid': { text: grid },
			'/administration/reseaux ?/declare': { id: newId(), name: 'Le réseau', organisationId: world.structures.nadia },
			'/administration/reseaux ?/propose': { networkId: network, hubId: world.structures.yann },
			'/administration/reseaux ?/end': { networkId: network }
		}
	};
}

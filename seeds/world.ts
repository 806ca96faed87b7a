import type { Kysely } from 'kysely';
import { beginCooperation } from '#modules/cooperations/commands.server.ts';
import { acceptPartnership } from '#modules/cooperations/commands/partners.server.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { findActor } from '#modules/hubs/queries.server.ts';
import { registerOrganisation } from '#modules/organisations/commands.server.ts';
import { personFor } from '#modules/people/commands.server.ts';
import type { Actor, Person } from '#platform/actor.ts';
import { allow, inTransaction, type Context, type Reader } from '#platform/context.server.ts';
import type { DB } from '#platform/database/tables.ts';
import { NotFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';

/** Runs something as somebody, at some time, in a transaction of its own that is committed. */
export const at =
	(db: Kysely<DB>, now: Date) =>
	<T>(actor: Actor, run: (context: Context) => Promise<T>): Promise<T> =>
		inTransaction(db, { actor, now, mode: 'write' }, run);

const system: Actor = { is: 'system', name: 'seeds' };

/** Somebody of the world, as an actor of today. */
export async function actorFor(db: Reader, personId: string, now = new Date()): Promise<Person> {
	const actor = await findActor(db, personId, now);
	if (!actor) throw new NotFound();
	return actor;
}

/** Everyone of the small world by first name, with the structure that each manages. */
const people = {
	nadia: { name: 'Nadia Benali', structure: 'L’Atelier du Soleil', kind: 'association', commune: 'Paris 20e Arrondissement' },
	odile: {
		name: 'Odile Marchand',
		structure: 'Compagnie des Tréteaux',
		kind: 'association',
		commune: 'Paris 20e Arrondissement'
	},
	samir: { name: 'Samir Haddad', structure: 'Radio Sorbier', kind: 'association', commune: 'Montreuil' },
	helene: { name: 'Hélène Roussel', structure: 'Ville de Valsorbier', kind: 'local_authority', commune: null },
	bruno: { name: 'Bruno Lacaze', structure: 'Les Jardins du Canal', kind: 'association', commune: 'Montpellier' },
	claire: { name: 'Claire Vasseur', structure: 'Maison des associations de Valsorbier', kind: 'mda', commune: null },
	yann: { name: 'Yann Le Goff', structure: 'Maison des associations de Port-Louet', kind: 'mda', commune: null }
} as const;
export type Name = keyof typeof people | 'agathe';

export type World = {
	actors: Record<Name, Person>;
	structures: Record<keyof typeof people, string>;
	/** « Avril enchanté »: Nadia's and Odile's structures carry it, the town was invited, Claire's house accompanies it. */
	cooperation: { id: string; path: string };
	/** Makes an actor again, after their belongings changed. */
	actor: (name: Name) => Promise<Person>;
};

/** The small world that tests share: three associations, a town, two houses, an administrator, a cooperation. */
export async function plantWorld(db: Kysely<DB>, now = new Date('2026-11-02T09:00:00Z')): Promise<World> {
	const as = at(db, now);
	const ids = {} as Record<Name, string>;
	const structures = {} as World['structures'];
	for (const [name, one] of Object.entries(people) as [keyof typeof people, (typeof people)[keyof typeof people]][]) {
		const email = `${name}@example.org`;
		ids[name] = await as(system, (context) => personFor(allow(context, true), now, { name: one.name, email }));
		const organisation = await as(await actorFor(db, ids[name], now), (context) =>
			registerOrganisation(context, {
				name: one.structure,
				kind: one.kind,
				commune: one.commune,
				purpose: null,
				identifier: null
			})
		);
		structures[name] = organisation.id;
	}
	ids.agathe = await as(system, (context) =>
		personFor(allow(context, true), now, { name: 'Agathe Morel', email: 'agathe@example.org' })
	);
	await db.updateTable('persons').set({ administratorSince: now }).where('id', '=', ids.agathe).execute();
	for (const hub of ['claire', 'yann'] as const)
		await db
			.insertInto('hubs')
			.values({
				organisationId: structures[hub],
				senderName: people[hub].structure,
				phone: '01 00 00 00 00',
				hours: 'Le mardi et le jeudi',
				openedAt: now
			})
			.execute();
	await db
		.updateTable('memberships')
		.set({ accompaniesSince: now })
		.where('organisationId', 'in', [structures.claire, structures.yann])
		.execute();
	const actor = (name: Name) => actorFor(db, ids[name], now);
	const cooperation = await as(await actor('nadia'), (context) =>
		beginCooperation(context, {
			id: newId(),
			what: 'Avril enchanté. Jouer sur une même scène une pièce écrite par les enfants et les anciens du quartier.',
			withWhom: 'Compagnie des Tréteaux\nVille de Valsorbier',
			actingFor: null
		})
	);
	await as(await actor('odile'), async (context) => {
		const { partners } = await findCooperationById(context, cooperation.id);
		await acceptPartnership(context, cooperation.id, {
			partnerId: partners.find(({ organisationId }) => organisationId === structures.odile)!.id
		});
	});
	await db
		.insertInto('accompaniments')
		.values({
			id: newId(),
			hubId: structures.claire,
			cooperationId: cooperation.id,
			posture: 'accompanies',
			proposedAt: now,
			proposedByHub: true,
			acceptedAt: now
		})
		.execute();
	const actors = {} as World['actors'];
	for (const name of Object.keys(ids) as Name[]) actors[name] = await actor(name);
	return { actors, structures, cooperation, actor };
}

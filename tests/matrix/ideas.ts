import type { Kysely } from 'kysely';
import { confirmVoice, dropAsInhabitant, dropIdea, joinAsInhabitant } from '#modules/ideas/commands.server.ts';
import { addIdeaNeed } from '#modules/ideas/commands/shaping.server.ts';
import { dropAsInhabitantForm, dropForm, joinAsInhabitantForm, needForm } from '#modules/ideas/forms.ts';
import { findIdea } from '#modules/ideas/queries.server.ts';
import { stranger, type Actor } from '#platform/actor.ts';
import type { Context } from '#platform/context.server.ts';
import type { DB } from '#platform/database/tables.ts';
import { newId } from '#platform/ids.ts';
import type { World } from '../../seeds/world.ts';
import type { Doors } from './doors.ts';

type As = <T>(actor: Actor, run: (context: Context) => Promise<T>) => Promise<T>;

/** An idea of Nadia's structure that says what it needs, and an inhabitant who joined it: what the link is made for. */
export async function plantIdeas(
	db: Kysely<DB>,
	as: As,
	world: World
): Promise<Doors & { links: { route: string; thing: string }[] }> {
	const said = { text: 'Un bal des saisons sur la place.', commune: 'Paris 20e' };
	const inhabitant = { name: 'Rose', email: 'rose.idees@example.org', agreed: 'on' };
	const need = newId();
	const path = await as(world.actors.nadia, async (context) => {
		const dropped = await dropIdea(context, dropForm.parse({ id: newId(), ...said, organisation: world.structures.nadia }));
		await addIdeaNeed(context, dropped, needForm.parse({ id: need, kind: 'equipment', text: 'Un parquet.' }));
		return dropped;
	});
	const dropped = dropAsInhabitantForm.parse({ id: newId(), ...said, ...inhabitant });
	await as(stranger, (context) => dropAsInhabitant(context, dropped, '192.0.2.9'));
	const joining = joinAsInhabitantForm.parse({ id: newId(), bring: 'Danser.', ...inhabitant, email: 'luc.idees@example.org' });
	await as(stranger, (context) => joinAsInhabitant(context, path, joining, '192.0.2.9'));
	const voices = await db.selectFrom('ideaVoices').select(['id', 'email', 'organisationId']).execute();
	const nadia = voices.find(({ organisationId }) => organisationId === world.structures.nadia)!.id;
	const thing = voices.find(({ email }) => email === 'luc.idees@example.org')!.id;
	const link: Actor = { is: 'link', id: newId(), may: 'answer', thing, invitee: thing, organisationId: null };
	await as(link, confirmVoice);
	const { dreamtSo, realSo } = await as(stranger, (context) => findIdea(context, path));
	const dream = { dream: 'Un mois de bals.', read: dreamtSo };
	const real = { kept: 'Une soirée.', read: realSo };
	const needed = { id: newId(), kind: 'premises', text: 'Une salle.' };
	return {
		links: [{ route: '/idee/', thing }],
		places: { idea: path.replace('/idees/', '') },
		forms: {
			'/idees/nouvelle ?/drop': { id: newId(), ...said },
			'/idees/nouvelle ?/inhabitant': { id: newId(), ...said, ...inhabitant },
			'/idees/[idea] ?/join': { id: newId(), bring: 'Une sono.' },
			'/idees/[idea] ?/inhabitant': { id: newId(), bring: 'Une sono.', ...inhabitant },
			'/idees/[idea] ?/leave': { voice: nadia },
			'/idees/[idea] ?/dream': dream,
			'/idees/[idea] ?/real': real,
			'/idees/[idea] ?/need': needed,
			'/idees/[idea] ?/removeNeed': { id: need },
			'/idees/[idea] ?/renew': {},
			'/idees/[idea] ?/become': { id: newId() },
			'/idees/[idea] ?/hide': { reason: 'Elle nomme quelqu’un.' },
			'/idees/[idea] ?/show': {},
			'/idee/[token] ?/confirm': {},
			'/idee/[token] ?/renew': {},
			'/idee/[token] ?/dream': dream,
			'/idee/[token] ?/real': real,
			'/idee/[token] ?/need': needed,
			'/idee/[token] ?/removeNeed': { id: need },
			'/idee/[token] ?/leave': {}
		}
	};
}

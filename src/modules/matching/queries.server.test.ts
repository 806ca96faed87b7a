import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { approach } from '#modules/approaches/commands.server.ts';
import { approachForm } from '#modules/approaches/forms.ts';
import { listApproachesWith } from '#modules/approaches/queries.server.ts';
import { mostInADay } from '#modules/approaches/rules.ts';
import { dropIdea } from '#modules/ideas/commands.server.ts';
import { dropForm } from '#modules/ideas/forms.ts';
import { sayNeed } from '#modules/needs/commands.server.ts';
import { communesAround } from '#modules/territories/queries/nearby.server.ts';
import { sayForm } from '#modules/needs/forms.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Name } from '../../../seeds/world.ts';
import { testWorld } from '../../../tests/world.ts';
import { chooseSuggested } from './commands.server.ts';
import { askOfCooperation, askOfIdea, askOfNeed, askOfOrganisation, listSuggestions } from './queries.server.ts';

const { world, as, seenBy } = await testWorld();
const all = { within: 60, page: 1 };
const everyone: Name[] = ['nadia', 'odile', 'samir', 'helene', 'bruno', 'claire', 'yann', 'agathe'];
const address = (name: Name) => world.actors[name].belongings[0]!.path.replace('/structures/', '');
const say = (context: Context, name: Name, side: string, text: string, over = {}) =>
	sayNeed(seenBy(context, name), sayForm.parse({ id: newId(), side, kind: 'equipment', text, ...over }));
const refused = (promise: Promise<unknown>) =>
	promise.then(
		() => 'done',
		(problem: unknown) => (problem instanceof Refused ? problem.code : (problem as Error).constructor.name)
	);

test('for a need: who brings it, the nearer first, with reasons; those too far, closed or unrelated are not there', async () => {
	await as('nadia')(async (context) => {
		const path = await say(context, 'nadia', 'need', 'Quarante chaises pour juin.');
		await say(context, 'samir', 'offer', 'Soixante chaises pliantes.');
		await say(context, 'odile', 'offer', 'Des chaises en bois.');
		await say(context, 'bruno', 'offer', 'Cent chaises de jardin.');
		await say(context, 'samir', 'offer', 'Une émission.', { kind: 'notoriety' });
		const { ask } = await askOfNeed(context, path);
		const { suggestions } = await listSuggestions(context, ask, all);
		expect(suggestions.map(({ organisation }) => organisation.name)).toEqual(['Compagnie des Tréteaux', 'Radio Sorbier']);
		expect(suggestions[0]!.reasons.map(({ is }) => is)).toEqual(expect.arrayContaining(['near', 'brings', 'together']));
		expect(suggestions[1]!.reasons).toContainEqual({ is: 'brings', text: 'Soixante chaises pliantes.' });
		const close = await listSuggestions(context, ask, { within: 5, page: 1 });
		expect(close.suggestions.every(({ km }) => (km ?? 0) <= 5)).toBe(true);
	});
});

test('a thing is where it is said to be, wherever its organisation is', async () => {
	await as('nadia')(async (context) => {
		const path = await say(context, 'nadia', 'need', 'Une salle haute.', { kind: 'premises' });
		await say(context, 'bruno', 'offer', 'Une salle de danse, chez nos voisins.', { kind: 'premises', commune: 'Paris 20e' });
		await say(context, 'samir', 'offer', 'Une salle de concert.', { kind: 'premises', commune: 'Montpellier' });
		await say(context, 'odile', 'offer', 'Une salle à la campagne.', { kind: 'premises', commune: 'Melun' });
		const found = async (km: number) =>
			(await listSuggestions(context, (await askOfNeed(context, path)).ask, { within: km, page: 1 })).suggestions;
		const near = await found(60);
		expect(near.map(({ organisation, km }) => [organisation.name, km])).toEqual([
			['Compagnie des Tréteaux', 0],
			['Les Jardins du Canal', 0]
		]);
		expect(near[0]!.reservations.map(({ is }) => is)).toContain('elsewhere');
		expect(near[1]!.reservations.map(({ is }) => is)).not.toContain('elsewhere');
		expect((await found(30)).map(({ organisation }) => organisation.name)).toEqual(['Les Jardins du Canal']);
	});
});

test('in a crowd that lends anything, who lends what is looked for is found, near or farther, whatever the week', async () => {
	await as('nadia')(async (context) => {
		const path = await say(context, 'nadia', 'need', 'Un chapiteau pour juin.');
		await say(context, 'samir', 'offer', 'Deux petits chapiteaux.');
		await say(context, 'odile', 'offer', 'Un grand chapiteau blanc.');
		// twelve communes as near as that of Samir or nearer, forty-five lenders of chairs in each
		const communes = (await communesAround(context.db, '75120', 60)).slice(0, 12).map(({ code }) => code);
		await sql`with given as (select gen_random_uuid() as id, commune, n from unnest(${communes}::text[]) commune, generate_series(1, 45) n),
			there as (insert into organisations (id, code, kind, name, name_key, commune_code, registered_at, updated_at)
				select id, left(id::text, 8), 'association', 'Structure', 'structure', commune, now(), now() from given)
			insert into needs (id, code, organisation_id, side, kind, text, lasting, commune_code, said_at, changed_at, holds_until)
			select gen_random_uuid(), left(id::text, 8), id, 'offer', 'equipment', 'Des chaises.', true, commune, now(), now(), current_date + 300
			from given`.execute(allow(context, true));
		const { ask } = await askOfNeed(context, path);
		for (let week = 0; week < 6; week++) {
			const then = { ...context, now: new Date(context.now.getTime() + week * 7 * 86_400_000) };
			const { suggestions } = await listSuggestions(then, ask, all);
			const names = suggestions.slice(0, 2).map(({ organisation }) => organisation.name);
			expect(names).toEqual(['Compagnie des Tréteaux', 'Radio Sorbier']);
		}
	});
});

test('whoever the registers say dissolved, or was merged into another, is suggested no more', async () => {
	await as('nadia')(async (context) => {
		const path = await say(context, 'nadia', 'need', 'Quarante chaises.');
		await say(context, 'samir', 'offer', 'Soixante chaises pliantes.');
		await say(context, 'odile', 'offer', 'Des chaises en bois.');
		const names = async () =>
			(await listSuggestions(context, (await askOfNeed(context, path)).ask, all)).suggestions.map(
				({ organisation }) => organisation.name
			);
		expect(await names()).toEqual(['Compagnie des Tréteaux', 'Radio Sorbier']);
		const write = allow(context, true);
		const body = {
			source: 'rna-waldec',
			name: 'RADIO',
			kind: 'association',
			fingerprint: 1,
			importId: 1,
			changedAt: context.now
		};
		const record = async (key: string, active: boolean) => {
			const { id } = await write
				.insertInto('officialBodies')
				.values({ ...body, key, active })
				.returning('id')
				.executeTakeFirstOrThrow();
			await write
				.insertInto('organisationOfficialRecords')
				.values({ id: newId(), organisationId: world.structures.samir, bodyId: id, how: 'person', since: context.now })
				.execute();
		};
		await record('W000000001', false);
		expect(await names()).toEqual(['Compagnie des Tréteaux']);
		await record('W000000002', true);
		expect(await names()).toEqual(['Compagnie des Tréteaux', 'Radio Sorbier']);
		await write
			.updateTable('organisations')
			.set({ mergedInto: world.structures.bruno })
			.where('id', '=', world.structures.samir)
			.execute();
		expect(await names()).toEqual(['Compagnie des Tréteaux']);
	});
});

test('an offer looks for those who need it; an organisation for those who answer it', async () => {
	await as('samir')(async (context) => {
		const path = await say(context, 'samir', 'offer', 'Soixante chaises pliantes.');
		await say(context, 'nadia', 'need', 'Quarante chaises pour juin.');
		const { ask } = await askOfNeed(context, path);
		expect((await listSuggestions(context, ask, all)).suggestions.map(({ organisation }) => organisation.name)).toEqual([
			'L’Atelier du Soleil'
		]);
		const whole = await askOfOrganisation(seenBy(context, 'nadia'), address('nadia'));
		const found = await listSuggestions(seenBy(context, 'nadia'), whole.ask, all);
		expect(found.suggestions.map(({ organisation }) => organisation.name)).toContain('Radio Sorbier');
	});
});

describe('private until somebody writes', () => {
	test('each asks for its own: others find nothing there', async () => {
		await as('nadia')(async (context) => {
			const path = await say(context, 'nadia', 'need', 'Quarante chaises.', { public: 'on' });
			for (const name of everyone) {
				const other = seenBy(context, name);
				expect(await refused(askOfNeed(other, path)), name).toBe(name === 'nadia' ? 'done' : 'NotFound');
				expect(await refused(askOfOrganisation(other, address('nadia'))), name).toBe(name === 'nadia' ? 'done' : 'Forbidden');
				const partners = ['nadia', 'odile', 'claire'].includes(name);
				expect(await refused(askOfCooperation(other, world.cooperation.path)), name).toBe(partners ? 'done' : 'NotFound');
			}
		});
	});

	test('nobody learns that they were suggested: not a row is written, in any table', async () => {
		await as('nadia')(async (context) => {
			const path = await say(context, 'nadia', 'need', 'Quarante chaises.');
			await say(context, 'samir', 'offer', 'Soixante chaises pliantes.');
			const idea = await dropIdea(
				context,
				dropForm.parse({ id: newId(), text: 'Un banquet.', commune: 'Paris 20e', organisation: world.structures.nadia })
			);
			const count = async () => {
				const { rows } = await sql<{ table: string; n: string }>`
					select relname as table, (xpath('/row/n/text()', query_to_xml('select count(*) as n from public.' || quote_ident(relname), false, true, '')))[1]::text as n
					from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`.execute(context.db as never);
				return rows;
			};
			const before = await count();
			expect(before.length).toBeGreaterThan(50);
			expect((await listSuggestions(context, (await askOfNeed(context, path)).ask, all)).count).toBe(1);
			await listSuggestions(context, (await askOfCooperation(context, world.cooperation.path)).ask, all);
			await listSuggestions(context, (await askOfOrganisation(context, address('nadia'))).ask, all);
			await listSuggestions(context, (await askOfIdea(context, idea)).ask, all);
			expect(await count()).toEqual(before);
		});
	});

	test('who refuses to be suggested never is, from then on; only its managers say so', async () => {
		await as('nadia')(async (context) => {
			const path = await say(context, 'nadia', 'need', 'Quarante chaises.');
			await say(context, 'samir', 'offer', 'Soixante chaises pliantes.');
			const count = async () => (await listSuggestions(context, (await askOfNeed(context, path)).ask, all)).count;
			expect(await count()).toBe(1);
			expect(await refused(chooseSuggested(context, address('samir'), { suggested: 'no' }))).toBe('Forbidden');
			await chooseSuggested(seenBy(context, 'samir'), address('samir'), { suggested: 'no' });
			expect(await count()).toBe(0);
			await chooseSuggested(seenBy(context, 'samir'), address('samir'), { suggested: 'yes' });
			expect(await count()).toBe(1);
		});
	});
});

test('first words go to those who manage, once; both organisations read them and nobody else', async () => {
	await as('nadia')(async (context) => {
		const input = approachForm.parse({ id: newId(), text: 'Bonjour, parlons de chaises.' });
		expect(await approach(context, address('samir'), input)).toBe(1);
		await approach(context, address('samir'), input);
		const mails = await context.db.selectFrom('mails').select(['toEmail', 'replyTo']).where('kind', '=', 'approach').execute();
		expect(mails).toHaveLength(1);
		for (const name of everyone) {
			const found = await listApproachesWith(seenBy(context, name), world.structures.samir);
			expect(found.length, name).toBe(['nadia', 'samir'].includes(name) ? 1 : 0);
		}
		expect(await refused(approach(context, address('nadia'), { ...input, id: newId() }))).toBe('approaches.to-oneself');
		expect(await refused(approach(seenBy(context, 'samir'), address('odile'), input))).toBe('forms.id-unreal');
		for (let n = 1; n < mostInADay; n++) await approach(context, address('odile'), { ...input, id: newId() });
		expect(await refused(approach(context, address('odile'), { ...input, id: newId() }))).toBe('approaches.too-many');
	});
});

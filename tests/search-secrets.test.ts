import { expect, test } from 'vitest';
import { noteCall } from '#modules/accompaniment/commands.server.ts';
import { addOwnArticle } from '#modules/agreements/commands/articles.server.ts';
import { beginCooperation } from '#modules/cooperations/commands.server.ts';
import { reviseLine, writeLine } from '#modules/lines/commands.server.ts';
import { noDetails, type Audience } from '#modules/lines/rules.ts';
import { eraseMyself } from '#modules/organisations/erasure/commands.server.ts';
import { search } from '#modules/search/queries.server.ts';
import type { Actor, Person } from '#platform/actor.ts';
import { inTransaction } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';
import { actorFor, at } from '../seeds/world.ts';
import { plantDoors, type Visitors } from './matrix/doors.ts';
import { testDatabase } from './database.ts';

/*
 * Words that stand nowhere else are planted, one for each kind of secret, and every role looks for each of them, as it is written, with
 * its accents lost, mistyped, and begun. Only those who may read the text find anything: not even a count.
 */
const { db } = await testDatabase();
const { visitors } = await plantDoors(db);
type Role = keyof Visitors;
const nadia = visitors.manager as Person;
const { id: cooperationId } = await db.selectFrom('cooperations').select('id').orderBy('begunAt').executeTakeFirstOrThrow();
const now = new Date('2026-11-18T09:00:00Z');
const before = new Date('2026-11-02T10:00:00Z');
const as = at(db, now);

async function line(actor: Actor, cooperation: string, text: string, audience: Audience, when = now): Promise<string> {
	const id = newId();
	await at(db, when)(actor, (context) =>
		writeLine(context, cooperation, { id, kind: 'information', text, audience, actingFor: null, ...noDetails })
	);
	return id;
}

await line(nadia, cooperationId, 'Nous doutons de la zibéloune.', 'organisation');
await line(nadia, cooperationId, 'La quetzadille est prête.', 'partners');
await line(nadia, cooperationId, 'La mirabéluche nous inquiète.', 'accompagnateur');
await line(nadia, cooperationId, 'Tout le monde verra l’ornithorègue.', 'everyone');
const revised = await line(nadia, cooperationId, 'La tarentéluve suffira.', 'partners', before);
await as(nadia, (context) =>
	reviseLine(context, {
		...noDetails,
		id: revised,
		text: 'La farandoline suffira.',
		reason: 'On nous l’a dit.',
		kind: 'information',
		actingFor: null
	} as Parameters<typeof reviseLine>[1])
);
await as(nadia, (context) =>
	addOwnArticle(context, cooperationId, { id: newId(), title: 'Le goûter', text: 'La capucinelle est partagée.' })
);
await as(visitors.accompagnateur as Person, (context) =>
	noteCall(context, {
		id: newId(),
		organisationId: nadia.belongings[0]!.organisationId,
		cooperationId: null,
		said: 'Le pamplemoussier est fatigué.',
		accepts: false,
		kind: null,
		againOn: null
	} as unknown as Parameters<typeof noteCall>[1])
);
await db
	.insertInto('partnerNotes')
	.values({
		id: newId(),
		organisationId: nadia.belongings[0]!.organisationId,
		aboutId: (visitors.outsider as Person).belongings[0]!.organisationId,
		text: 'Leur xylorimbette est fêlée.',
		writtenAt: now
	})
	.execute();
// What is written beside the lines is read where it is written, and found by nobody.
const { id: checkInId } = await db
	.selectFrom('checkIns')
	.select('id')
	.where('cooperationId', '=', cooperationId)
	.executeTakeFirstOrThrow();
await db
	.insertInto('checkInRemarks')
	.values({ checkInId, personId: nadia.id, text: 'La clarinettouse nous pèse.', writtenAt: before })
	.onConflict((conflict) => conflict.columns(['checkInId', 'personId']).doUpdateSet({ text: 'La clarinettouse nous pèse.' }))
	.execute();
const planted = [
	await db
		.updateTable('checkInMarks')
		.set({ sentence: 'Le trombonnier tarde.' })
		.where('checkInId', '=', checkInId)
		.executeTakeFirst(),
	await db
		.updateTable('actionSessions')
		.set({ note: 'Le mandolinard était absent.', toKnow: 'Le contrebassonet suffit.', runners: 'Madame Hautboisette' })
		.where('cooperationId', '=', cooperationId)
		.executeTakeFirst()
];
await db
	.insertInto('pauses')
	.values({ id: newId(), cooperationId, reason: 'Le saxophonard est en travaux.', until: '2026-12-01', pausedAt: now })
	.execute();
await db
	.insertInto('stageMoves')
	.values({
		id: newId(),
		cooperationId,
		n: 90,
		stage: 'preparation',
		since: '2026-11-01',
		note: 'Le tambourineux le veut.',
		movedAt: now
	})
	.execute();
await db
	.insertInto('origins')
	.values({ id: newId(), cooperationId, mode: 'event', reason: 'Le violoncellon l’a dit.', toldAt: now, replacedAt: now })
	.execute();
await db
	.insertInto('stallNotices')
	.values({ id: newId(), cooperationId, reason: 'no-line', since: '2026-10-01', noticedAt: now })
	.execute();
const house = visitors.accompagnateur as Person;
await db
	.insertInto('advice')
	.values({
		id: newId(),
		hubId: house.hubs[0]!,
		cooperationId,
		precept: 'meetings',
		text: 'La balalaïkette vous aiderait.',
		sentAt: now,
		sentBy: house.id
	})
	.execute();
const other = await as(visitors.outsider as Person, (context) =>
	beginCooperation(context, { id: newId(), what: 'La kaléidoscopade. Un bal.', withWhom: 'Radio Sorbier', actingFor: null })
);
await line(visitors.outsider as Person, other.id, 'Le bandonéonard jouera.', 'partners');
await line(visitors.outsider as Person, other.id, 'La cornemusarde, pour tous.', 'everyone');
const [gone, membership] = [newId(), newId()];
await db
	.insertInto('persons')
	.values({
		id: gone,
		name: 'Wilhelmine Zwickerle',
		email: 'zwickerle@xylophonique.example',
		phone: '0687654321',
		createdAt: before
	})
	.execute();
await db
	.insertInto('memberships')
	.values({ id: membership, organisationId: nadia.belongings[0]!.organisationId, personId: gone, joinedAt: before })
	.execute();
const present = newId();
await db
	.insertInto('persons')
	.values({ id: present, name: 'Ludivine Ambrosette', email: 'l@vibraphoneux.example', phone: '0612398745', createdAt: before })
	.execute();
await db
	.insertInto('memberships')
	.values({ id: newId(), organisationId: nadia.belongings[0]!.organisationId, personId: present, joinedAt: before })
	.execute();
await db
	.updateTable('organisations')
	.set({ email: 'nous@clavecinaute.example', phone: '0145982371', street: 'rue de la Harpistole' })
	.where('id', '=', nadia.belongings[0]!.organisationId)
	.execute();

const signedIn: Role[] = [
	'outsider',
	'other hub',
	'observer',
	'animator',
	'administrator',
	'accompagnateur',
	'invited',
	'departed',
	'member',
	'manager'
];
const partners: Role[] = ['member', 'manager'];

/** How each secret is asked for, the first as it is written; and who finds it. */
const secrets: [name: string, forms: string[], found: Role[]][] = [
	['kept at home', ['zibéloune', 'ZIBELOUNE', 'zibeluone', 'zibelou'], partners],
	['for the partners', ['quetzadille', 'quetzadilles', 'quetsadille', 'quetzad'], partners],
	['for the accompagnateur', ['mirabéluche', 'mirabeluche', 'mirabelluche', 'mirabel'], [...partners, 'accompagnateur']],
	[
		'for everyone who sees the cooperation',
		['ornithorègue', 'ornithoregue', 'ornitorègue', 'ornithor'],
		[...partners, 'accompagnateur', 'invited', 'departed', 'guest']
	],
	// who left knows the version of its time, and not the next
	['what a line no longer says', ['tarentéluve', 'tarenteluve', 'tarantéluve', 'tarentel'], ['departed']],
	['what it says since', ['farandoline', 'FARANDOLINE', 'farendoline', 'farandol'], partners],
	['an article under way', ['capucinelle', 'capucinelles', 'cappucinelle', 'capucin'], partners],
	['a note of a call', ['pamplemoussier', 'pamplemoussiers', 'pamplemoussié', 'pamplemou'], []],
	['a line for the accompagnateur in a check-in', ['clarinettouse', 'Clarinettouses', 'clarinetouse', 'clarinet'], []],
	['a sentence of a check-in', ['trombonnier', 'TROMBONNIER', 'trombonier', 'trombon'], []],
	['what was noted of a session', ['mandolinard', 'mandolinards', 'mandolinnard', 'mandolin'], []],
	['what is to be known for a session', ['contrebassonet', 'contrebassonets', 'contrebasonet', 'contrebasso'], []],
	['who else runs a session', ['Hautboisette', 'hautboisettes', 'hautboissette', 'hautbois'], []],
	['why it rests', ['saxophonard', 'saxophonards', 'saxofonard', 'saxophon'], []],
	['why it moves', ['tambourineux', 'TAMBOURINEUX', 'tanbourineux', 'tambour'], []],
	['why its origin changed', ['violoncellon', 'violoncellons', 'violonceon', 'violoncel'], []],
	['an advice', ['balalaïkette', 'balalaïkettes', 'balalaikete', 'balalaï'], []],
	['what stalls', ['no-line', 'nolinee', 'no line', 'no-lin'], []],
	['another cooperation', ['kaléidoscopade', 'kaleidoscopade', 'kaleïdoscopode', 'kaleido'], ['outsider']],
	['a line of another', ['bandonéonard', 'bandoneonard', 'bandonéonnard', 'bandoneo'], ['outsider']],
	['what another says to all', ['cornemusarde', 'cornemusardes', 'cornemuzarde', 'cornemus'], ['outsider']],
	['an address of somebody', ['l@vibraphoneux.example', 'vibraphoneux', 'vibrafoneux', 'vibraphon'], []],
	['a telephone', ['0612398745', '06 12 39 87 45', '061239874', '0612398'], []],
	['a telephone of a structure', ['0145982371', '01 45 98 23 71', '014598237', '0145982'], []],
	['a street', ['harpistole', 'Harpistole', 'harpistolle', 'harpist'], []],
	['an address of a structure', ['clavecinaute', 'nous@clavecinaute.example', 'clavecinote', 'clavecin'], []],
	['a note on a partner', ['xylorimbette', 'Xylorimbettes', 'xilorimbette', 'xylorim'], []],
	['somebody of a structure', ['Ambrosette', 'AMBROSETTE', 'ambrozette', 'ambros'], signedIn],
	['somebody erased', ['Zwickerle', 'ZWICKERLE', 'zwickerlé', 'zwick'], []]
];

await as(await actorFor(db, gone, now), eraseMyself);

const actorOf = (role: Role): Actor => {
	const visitor = visitors[role];
	if (typeof visitor !== 'function') return visitor;
	return visitor(invited.id);
};
const invited = await db
	.selectFrom('partners')
	.select('id')
	.where('cooperationId', '=', cooperationId)
	.where('organisationId', '=', (visitors.invited as Person).belongings[0]!.organisationId)
	.executeTakeFirstOrThrow();

test('what is written beside the lines was planted', () => {
	expect(planted.map(({ numUpdatedRows }) => numUpdatedRows > 0)).toEqual(planted.map(() => true));
});

test.each(secrets)('%s', async (_name, forms, allowed) => {
	for (const role of Object.keys(visitors) as Role[])
		for (const [i, question] of forms.entries()) {
			const answer = await inTransaction(db, { actor: actorOf(role), now, mode: 'read' }, (context) =>
				search(context, { question, kind: null, page: 1 })
			);
			const count = answer.groups.reduce((sum, group) => sum + group.count, 0);
			const finds = allowed.includes(role);
			expect({ role, question, found: count > 0 }).toEqual({ role, question, found: finds });
			if (!finds) expect(answer.meant, `${role}: ${question}`).toBeNull();
			// What is mistyped is understood by those who find it, and only by them.
			if (finds && i === 2) expect(answer.meant, `${role}: ${question}`).not.toBeNull();
		}
});

test('what one keeps at home changes nothing in what another finds, counts or is told', async () => {
	const asked = ['salle', 'sale', 'libre', 'librre', 'jouer', 'avril', 'scene'];
	const ask = (role: Role) =>
		Promise.all(
			asked.map((question) =>
				inTransaction(db, { actor: actorOf(role), now, mode: 'read' }, (context) =>
					search(context, { question, kind: null, page: 1 })
				)
			)
		);
	const others = (['outsider', 'other hub', 'administrator', 'accompagnateur', 'invited'] as const).map((role) => role);
	const first = await Promise.all(others.map(ask));
	for (const text of ['La sallle est libbre.', 'Sales scènes, jouet, jouers, avrils.', 'Salle libre, scène à jouer en avril.'])
		await line(nadia, cooperationId, text, 'organisation');
	expect(await Promise.all(others.map(ask))).toEqual(first);
});

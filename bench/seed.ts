import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { dimensionKeys } from '#content/dimensions/dimension.ts';
import { linkOf } from '#modules/journal/rules.ts';
import { kinds, topics } from '#modules/lines/rules.ts';
import { nameKey } from '#modules/organisations/rules/names.ts';
import { newCode, newId, slug } from '#platform/ids.ts';
import { hashToken, newToken } from '#platform/secrets.server.ts';
import { plantLife } from './seed-life.ts';

/** How much the instance of the measures holds. */
export const sizes = { organisations: 20_000, cooperations: 2_000, lines: 200_000, meetings: 6_000, accompanied: 500 };

type Value = string | number | boolean | null | Date | Buffer | string[];

/** One value as COPY reads it in its text format. */
function written(value: Value): string {
	if (value === null) return '\\N';
	if (value instanceof Date) return value.toISOString();
	if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`;
	if (Array.isArray(value)) return `{${value.join(',')}}`;
	return String(value).replace(/[\\\n\r\t]/g, (sign) => ({ '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' })[sign]!);
}

async function copy<Columns extends string>(
	client: pg.Client,
	table: string,
	columns: readonly Columns[],
	rows: Iterable<Record<Columns, Value>>
): Promise<void> {
	const stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`));
	const done = finished(stream);
	// What the database refuses is told at the end, not between two pieces.
	done.catch(() => {});
	let text = '';
	for (const row of rows) {
		text += columns.map((column) => written(row[column])).join('\t') + '\n';
		if (text.length < 65_536) continue;
		if (!stream.write(text)) await once(stream, 'drain');
		text = '';
	}
	stream.end(text);
	await done;
}

const given = new Set<string>();

/** A code that no other thing of this seed has: among so many, chance alone gives the same twice. */
function distinctCode(): string {
	for (;;) {
		const code = newCode();
		if (given.has(code)) continue;
		given.add(code);
		return code;
	}
}

/** Chance that is the same at each run: a table of measures compares with the one before. */
function chance(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}

const words =
	`atelier jardin théâtre chorale cuisine vélo mémoire quartier école cirque radio lecture forêt rivière marché numérique danse
	cinéma sport entraide santé logement musique couture repair tricot potager peinture fanfare ludothèque`.split(/\s+/);
const sentences = [
	'La salle des fêtes est libre le mercredi après-midi jusqu’à la fin du mois de juin.',
	'Réserver deux minibus pour le samedi de la représentation.',
	'Chaque structure garde la main sur ses propres adhérents.',
	'La ville prête la scène et le matériel de sonorisation.',
	'Quarante enfants et quinze anciens participent aux ateliers d’écriture.',
	'Nous décidons à l’unanimité, et à défaut à la majorité des présents.'
];
const communes = ['34172', '75120', '69381', '13055', '44109', '59350', '31555', '67482', '35238', '33063'];
const day = 86_400_000;
const start = Date.UTC(2026, 8, 1, 9);

type Entry = { chain: string; n: number; at: Date; verb: string; ids: string; digest: Buffer; previous: Buffer; link: Buffer };

/** Whom the measures sign in as, and what they look at. */
export type Seeded = {
	/** The session of a volunteer whose organisation takes part in twelve cooperations. */
	session: string;
	/** Who that is. */
	person: string;
	/** A cooperation of an ordinary size, and the largest. */
	cooperation: string;
	large: string;
	meeting: string;
	/** A poll in which everybody answered, and the secret of one invitee's link. */
	poll: string;
	pollLink: string;
	/** The session of somebody whose house accompanies five hundred cooperations. */
	houseSession: string;
	housePerson: string;
};

/** Fills a migrated, empty database by COPY, chains included, as if years had passed. */
export async function plantMany(url: string): Promise<Seeded> {
	const random = chance(20_261_122);
	const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
	const client = new pg.Client({ connectionString: url });
	// A server that is stopped meanwhile is told by the query under way.
	client.on('error', () => {});
	await client.connect();

	const chains: { id: string; kind: string; entries: Entry[]; payloads: { salt: Buffer; content: string }[] }[] = [];
	const begin = (id: string, kind: string) => {
		const chain = { id, kind, entries: [] as Entry[], payloads: [] as { salt: Buffer; content: string }[] };
		chains.push(chain);
		return (at: Date, verb: string, ids: string, says: object) => {
			const salt = Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
			const content = JSON.stringify(says);
			const digest = createHash('sha256').update(salt).update(content).digest();
			const previous = chain.entries.at(-1)?.link ?? Buffer.alloc(0);
			const bare = { chain: id, n: chain.entries.length + 1, at, verb, ids, digest, previous };
			chain.entries.push({ ...bare, link: linkOf(bare) });
			chain.payloads.push({ salt, content });
		};
	};

	const organisations = Array.from({ length: sizes.organisations }, (_, i) => {
		const name = `${pick(['L’Atelier', 'Les Amis', 'Collectif', 'La Maison', 'Compagnie'])} ${pick(words)} ${pick(words)} ${i}`;
		return { id: newId(), person: newId(), membership: newId(), code: distinctCode(), name, at: new Date(start + i * 1000) };
	});
	await copy(
		client,
		'persons',
		['id', 'name', 'email', 'created_at'],
		organisations.map(({ person, at }, i) => ({
			id: person,
			name: `Camille Martin ${i}`,
			email: `p${i}@example.org`,
			created_at: at
		}))
	);
	await copy(
		client,
		'organisations',
		[
			'id',
			'code',
			'kind',
			'name',
			'name_key',
			'purpose',
			'themes',
			'commune_code',
			'registered_at',
			'registered_by',
			'updated_at'
		],
		organisations.map(({ id, code, name, at, person }) => ({
			id,
			code,
			kind: 'association',
			name,
			name_key: nameKey(name),
			purpose: `Faire vivre ${pick(words)} et ${pick(words)} dans le quartier, avec les habitants.`,
			themes: [pick(words), pick(words)],
			commune_code: pick(communes),
			registered_at: at,
			registered_by: person,
			updated_at: at
		}))
	);
	await copy(
		client,
		'memberships',
		['id', 'organisation_id', 'person_id', 'joined_at'],
		organisations.map(({ membership, id, person, at }) => ({
			id: membership,
			organisation_id: id,
			person_id: person,
			joined_at: at
		}))
	);
	await copy(
		client,
		'managers',
		['id', 'membership_id', 'since'],
		organisations.map(({ membership, at }) => ({ id: newId(), membership_id: membership, since: at }))
	);
	for (const { id, name, person, at } of organisations)
		begin(id, 'organisation')(at, 'organisation-registered', `{"person": "${person}"}`, { name });

	// The first organisation takes part in twelve cooperations; the others meet by chance.
	const cooperations = Array.from({ length: sizes.cooperations }, (_, i) => {
		const partners = new Set(i % 160 === 0 && i < 12 * 160 ? [organisations[0]!] : []);
		const wanted = 2 + Math.floor(random() * 5);
		while (partners.size < wanted) partners.add(pick(organisations));
		const at = new Date(start + 40 * day + i * 60_000);
		return { id: newId(), code: distinctCode(), name: `${pick(words)} et ${pick(words)} ${i}`, at, partners: [...partners] };
	});
	// Twenty cooperations hold a tenth of the lines: a list that is fast on a hundred lines must be so on a thousand.
	const sizeOf = (i: number) => (i % 100 === 0 ? sizes.lines / 200 : (sizes.lines * 0.9) / (sizes.cooperations - 20));
	const meetings: { id: string; code: string; cooperation: (typeof cooperations)[number]; at: Date; point: string }[] = [];
	const lines: Record<(typeof lineColumns)[number], Value>[] = [];
	const marks: { id: string; root: string; mark: string; at: Date; by_organisation: string }[] = [];
	const minuted: { root: string; meeting_id: string; point_id: string; minuted_at: Date }[] = [];
	let owed = 0;
	for (const [i, cooperation] of cooperations.entries()) {
		const tell = begin(cooperation.id, 'cooperation');
		tell(cooperation.at, 'cooperation-begun', `{"person": "${cooperation.partners[0]!.person}"}`, { sentence: cooperation.name });
		for (const { name } of cooperation.partners) tell(cooperation.at, 'partner-accepted', '{}', { organisation: name });
		const own = [0, 1, 2].map((k) => ({
			id: newId(),
			code: distinctCode(),
			cooperation,
			at: new Date(cooperation.at.getTime() + (k + 1) * 30 * day),
			point: newId()
		}));
		meetings.push(...own);
		owed += sizeOf(i);
		for (let k = 0; owed >= 1; k++, owed--) {
			const speaker = pick(cooperation.partners);
			const kind = pick(kinds);
			const id = newId();
			const at = new Date(cooperation.at.getTime() + k * 3_600_000);
			const meeting = k < 30 ? own[k % 3]! : null;
			const text = `${pick(sentences)} (${k})`;
			const luck = random();
			const audience = luck < 0.8 ? 'partners' : luck < 0.9 ? 'accompagnateur' : luck < 0.97 ? 'organisation' : 'everyone';
			const task = kind === 'task';
			lines.push({
				id,
				root: id,
				replaces: null,
				cooperation_id: cooperation.id,
				kind,
				topic: topics[kind]?.find((topic) => topic !== 'none') ?? null,
				text,
				reason: null,
				person_id: speaker.person,
				acting_for: speaker.id,
				entered_by: speaker.person,
				evidence: meeting ? 'minutes' : 'direct',
				source_kind: meeting ? 'meeting' : null,
				source_id: meeting?.id ?? null,
				audience,
				written_at: at,
				who_organisation: task ? pick(cooperation.partners).id : null,
				ends_on: task || kind === 'date' ? new Date(at.getTime() + 60 * day).toISOString().slice(0, 10) : null,
				starts_on: kind === 'date' ? new Date(at.getTime() + 50 * day).toISOString().slice(0, 10) : null,
				cents: kind === 'contribution' ? 10_000 + k : null,
				currency: kind === 'contribution' ? 'EUR' : null
			});
			if (meeting) minuted.push({ root: id, meeting_id: meeting.id, point_id: meeting.point, minuted_at: at });
			if (task && random() < 0.7) marks.push({ id: newId(), root: id, mark: 'done', at, by_organisation: speaker.id });
			// Lines of one organisation alone are told in its own chain, which this seed leaves short.
			if (audience !== 'organisation')
				tell(at, 'line-written', `{"line": "${id}", "person": "${speaker.person}"}`, { organisation: speaker.name, text });
			// One in twenty was said otherwise later.
			if (random() < 0.05 && owed > 1) {
				const later = new Date(at.getTime() + 1000);
				const revised = {
					...lines.at(-1)!,
					id: newId(),
					replaces: id,
					text: `${text} Précisé.`,
					reason: 'Précision.',
					written_at: later
				};
				lines.push(revised);
				owed--;
			}
		}
	}
	await copy(
		client,
		'cooperations',
		['id', 'code', 'name', 'sentence', 'zone', 'begun_at', 'begun_by', 'begun_for', 'last_line_at'],
		cooperations.map(({ id, code, name, at, partners: [first] }) => ({
			id,
			code,
			name,
			sentence: `${name}. ${sentences[4]}`,
			zone: 'Europe/Paris',
			begun_at: at,
			begun_by: first!.person,
			begun_for: first!.id,
			last_line_at: at
		}))
	);
	await copy(
		client,
		'partners',
		['id', 'cooperation_id', 'organisation_id', 'role', 'position', 'invited_at', 'accepted_at', 'accepted_evidence'],
		cooperations.flatMap(({ id, at, partners }) =>
			partners.map((partner, position) => ({
				id: newId(),
				cooperation_id: id,
				organisation_id: partner.id,
				role: 'carrier',
				position,
				invited_at: at,
				accepted_at: at,
				accepted_evidence: 'mandate'
			}))
		)
	);
	const meetingTitle = 'Réunion de préparation';
	await copy(
		client,
		'meetings',
		[
			'id',
			'code',
			'cooperation_id',
			'title',
			'starts_at',
			'ends_at',
			'zone',
			'uid',
			'organiser_id',
			'acting_for',
			'convened_at',
			'changed_at',
			'minutes_begun_at'
		],
		meetings.map(({ id, code, cooperation, at }) => ({
			id,
			code,
			cooperation_id: cooperation.id,
			title: meetingTitle,
			starts_at: at,
			ends_at: new Date(at.getTime() + 7_200_000),
			zone: 'Europe/Paris',
			uid: `${id}@bench`,
			organiser_id: cooperation.partners[0]!.person,
			acting_for: cooperation.partners[0]!.id,
			convened_at: cooperation.at,
			changed_at: cooperation.at,
			minutes_begun_at: at
		}))
	);
	await copy(
		client,
		'agenda_points',
		['id', 'meeting_id', 'position', 'title', 'minutes', 'expected', 'added_at'],
		meetings.map(({ id, point, at }) => ({
			id: point,
			meeting_id: id,
			position: 1,
			title: 'Tour de table',
			minutes: 30,
			expected: 'discuss',
			added_at: at
		}))
	);
	await copy(
		client,
		'meeting_participants',
		['id', 'meeting_id', 'person_id', 'name', 'organisation_id', 'added_at', 'invited_at'],
		meetings.flatMap(({ id, cooperation, at }) =>
			cooperation.partners.map((partner) => ({
				id: newId(),
				meeting_id: id,
				person_id: partner.person,
				name: 'Camille Martin',
				organisation_id: partner.id,
				added_at: at,
				invited_at: at
			}))
		)
	);
	await copy(client, 'lines', lineColumns, lines);
	await copy(client, 'line_marks', ['id', 'root', 'mark', 'at', 'by_organisation'], marks);
	await copy(client, 'minuted_lines', ['root', 'meeting_id', 'point_id', 'minuted_at'], minuted);
	await copy(
		client,
		'chains',
		['id', 'kind', 'n', 'link'],
		chains.map(({ id, kind, entries }) => ({ id, kind, n: entries.length, link: entries.at(-1)!.link }))
	);
	await copy(
		client,
		'entries',
		['chain', 'n', 'at', 'verb', 'ids', 'digest', 'previous', 'link'],
		chains.flatMap(({ entries }) => entries)
	);
	await copy(
		client,
		'payloads',
		['chain', 'n', 'salt', 'content'],
		chains.flatMap(({ id, payloads }) => payloads.map((payload, i) => ({ chain: id, n: i + 1, ...payload })))
	);
	const now = new Date();
	const pollTitle = 'Quand nous revoir ?';
	const polls = cooperations.map((cooperation, i) => ({
		id: newId(),
		code: distinctCode(),
		cooperation,
		slots: [10, 11, 12, 13].map((days) => ({ id: newId(), at: new Date(now.getTime() + (days + (i % 7)) * day) })),
		invitees: cooperation.partners.map((partner) => ({ id: newId(), partner }))
	}));
	await copy(
		client,
		'polls',
		[
			'id',
			'code',
			'cooperation_id',
			'title',
			'minutes',
			'zone',
			'deadline',
			'closes_at',
			'remind_at',
			'organiser',
			'acting_for',
			'opened_at',
			'open_token'
		],
		polls.map(({ id, code, cooperation }) => ({
			id,
			code,
			cooperation_id: cooperation.id,
			title: pollTitle,
			minutes: 90,
			zone: 'Europe/Paris',
			deadline: new Date(now.getTime() + 5 * day).toISOString().slice(0, 10),
			closes_at: new Date(now.getTime() + 6 * day),
			remind_at: new Date(now.getTime() + 4 * day),
			organiser: cooperation.partners[0]!.person,
			acting_for: cooperation.partners[0]!.id,
			opened_at: now,
			open_token: newToken()
		}))
	);
	await copy(
		client,
		'poll_slots',
		['id', 'poll_id', 'starts_at'],
		polls.flatMap(({ id, slots }) => slots.map((slot) => ({ id: slot.id, poll_id: id, starts_at: slot.at })))
	);
	await copy(
		client,
		'poll_invitees',
		['id', 'poll_id', 'person_id', 'name', 'organisation_id', 'invited_at'],
		polls.flatMap(({ id, invitees }) =>
			invitees.map((invitee) => ({
				id: invitee.id,
				poll_id: id,
				person_id: invitee.partner.person,
				name: 'Camille Martin',
				organisation_id: invitee.partner.id,
				invited_at: now
			}))
		)
	);
	await copy(
		client,
		'poll_replies',
		['invitee_id', 'answered_at', 'evidence'],
		polls.flatMap(({ invitees }) => invitees.map(({ id }) => ({ invitee_id: id, answered_at: now, evidence: 'direct' })))
	);
	await copy(
		client,
		'poll_answers',
		['poll_id', 'invitee_id', 'slot_id', 'answer'],
		polls.flatMap(({ id, invitees, slots }) =>
			invitees.flatMap((invitee) =>
				slots.map((slot) => ({ poll_id: id, invitee_id: invitee.id, slot_id: slot.id, answer: pick(['yes', 'maybe', 'no']) }))
			)
		)
	);
	await plantLives(client, cooperations, { now, pick, random });
	// A house keeps away from the cooperations that it accompanies.
	const house = organisations.at(-1)!;
	await copy(
		client,
		'hubs',
		['organisation_id', 'sender_name', 'opened_at'],
		[{ organisation_id: house.id, sender_name: house.name, opened_at: now }]
	);
	await copy(
		client,
		'accompaniments',
		['id', 'hub_id', 'cooperation_id', 'posture', 'proposed_at', 'proposed_by_hub', 'accepted_at'],
		cooperations.slice(0, sizes.accompanied).map(({ id, at }) => ({
			id: newId(),
			hub_id: house.id,
			cooperation_id: id,
			posture: 'accompanies',
			proposed_at: at,
			proposed_by_hub: true,
			accepted_at: at
		}))
	);
	const session = newToken();
	const houseSession = newToken();
	const pollLink = newToken();
	const invited = polls[160]!;
	await copy(
		client,
		'participation_links',
		['id', 'token_hash', 'thing', 'may', 'invitee', 'organisation_id', 'made_at'],
		[
			{
				id: newId(),
				token_hash: hashToken(pollLink),
				thing: invited.id,
				may: 'answer',
				invitee: invited.invitees[1]!.id,
				organisation_id: invited.invitees[1]!.partner.id,
				made_at: now
			}
		]
	);
	await copy(
		client,
		'sessions',
		['token_hash', 'person_id', 'created_at', 'expires_at'],
		[
			{ token: session, person: organisations[0]!.person },
			{ token: houseSession, person: house.person }
		].map(({ token, person }) => ({
			token_hash: hashToken(token),
			person_id: person,
			created_at: now,
			expires_at: new Date(now.getTime() + day)
		}))
	);
	await plantLife(client, now);
	await client.query('analyze');
	await client.end();
	const ordinary = cooperations[160]!;
	const addressed = (one: (typeof cooperations)[number]) => `/cooperations/${slug(one.name)}-${one.code}`;
	const meeting = meetings.find(({ cooperation }) => cooperation === ordinary)!;
	return {
		session,
		person: organisations[0]!.person,
		cooperation: addressed(ordinary),
		large: addressed(cooperations[800]!),
		meeting: `${addressed(ordinary)}/reunions/${slug(meetingTitle)}-${meeting.code}`,
		poll: `${addressed(ordinary)}/reunions/sondage/${slug(pollTitle)}-${invited.code}`,
		pollLink: `/sondage/${pollLink}`,
		houseSession,
		housePerson: house.person
	};
}

type Planted = { id: string; at: Date; partners: { id: string; person: string }[] };

/** What a cooperation does between its meetings: sessions that were held, and two points on which every partner answered. */
async function plantLives(
	client: pg.Client,
	cooperations: Planted[],
	{ now, pick, random }: { now: Date; pick: <T>(list: readonly T[]) => T; random: () => number }
): Promise<void> {
	const sessions = cooperations.flatMap((cooperation) =>
		Array.from({ length: 20 }, (_, i) => {
			const at = new Date(now.getTime() + (i - 15) * 7 * day);
			return { id: newId(), code: distinctCode(), cooperation, at, held: at < now };
		})
	);
	await copy(
		client,
		'action_sessions',
		[
			'id',
			'code',
			'cooperation_id',
			'title',
			'starts_at',
			'ends_at',
			'zone',
			'uid',
			'made_at',
			'made_for',
			'changed_at',
			'people',
			'noted_at'
		],
		sessions.map(({ id, code, cooperation, at, held }) => ({
			id,
			code,
			cooperation_id: cooperation.id,
			title: 'Atelier',
			starts_at: at,
			ends_at: new Date(at.getTime() + 7_200_000),
			zone: 'Europe/Paris',
			uid: `${id}@bench`,
			made_at: cooperation.at,
			made_for: cooperation.partners[0]!.id,
			changed_at: cooperation.at,
			people: held ? 5 + Math.floor(random() * 30) : null,
			noted_at: held ? at : null
		}))
	);
	await copy(
		client,
		'session_hours',
		['id', 'session_id', 'organisation_id', 'whose', 'minutes', 'noted_at'],
		sessions
			.filter(({ held }) => held)
			.map(({ id, cooperation, at }) => ({
				id: newId(),
				session_id: id,
				organisation_id: pick(cooperation.partners).id,
				whose: 'volunteers',
				minutes: 150,
				noted_at: at
			}))
	);
	const points = cooperations.flatMap((cooperation) =>
		[1, 2].map((n) => {
			const closes = new Date(now.getTime() - (3 - n) * 60 * day);
			return { id: newId(), n, cooperation, opened: new Date(closes.getTime() - 21 * day), closes };
		})
	);
	await copy(
		client,
		'check_ins',
		['id', 'cooperation_id', 'n', 'occasion', 'opened_at', 'closes_on', 'closes_at', 'remind_at', 'shown_at', 'closed_at'],
		points.map(({ id, cooperation, n, opened, closes }) => ({
			id,
			cooperation_id: cooperation.id,
			n,
			occasion: 'asked',
			opened_at: opened,
			closes_on: closes.toISOString().slice(0, 10),
			closes_at: closes,
			remind_at: opened,
			shown_at: closes,
			closed_at: closes
		}))
	);
	const answers = points.flatMap(({ id, cooperation, opened }) =>
		cooperation.partners.map((partner) => ({
			check_in_id: id,
			organisation_id: partner.id,
			carries: true,
			reached: true,
			opened
		}))
	);
	await copy(client, 'check_in_organisations', ['check_in_id', 'organisation_id', 'carries', 'reached'], answers);
	await copy(
		client,
		'check_in_answers',
		['check_in_id', 'organisation_id', 'version', 'answered_at', 'evidence'],
		answers.map((one) => ({ ...one, version: 1, answered_at: one.opened, evidence: 'direct' }))
	);
	await copy(
		client,
		'check_in_marks',
		['check_in_id', 'organisation_id', 'subject', 'said'],
		answers.flatMap((one) =>
			dimensionKeys.map((subject) => ({ ...one, subject, said: pick(['weighs', 'neither', 'lifts', 'unknown']) }))
		)
	);
}

const lineColumns = [
	'id',
	'root',
	'replaces',
	'cooperation_id',
	'kind',
	'topic',
	'text',
	'reason',
	'person_id',
	'acting_for',
	'entered_by',
	'evidence',
	'source_kind',
	'source_id',
	'audience',
	'written_at',
	'who_organisation',
	'ends_on',
	'starts_on',
	'cents',
	'currency'
] as const;

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { listOwnCalls } from '#modules/accompaniment/queries/mine.server.ts';
import { eraseMyCalls, noteCall } from '#modules/accompaniment/commands.server.ts';
import { convene } from '#modules/meetings/commands.server.ts';
import { eraseMyPresence } from '#modules/meetings/commands/erasing.server.ts';
import { listOwnMeetings } from '#modules/meetings/queries/mine.server.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { eraseMyself } from '#modules/organisations/erasure/commands.server.ts';
import { allow } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';
import { testWorld } from './world.ts';

const root = path.resolve(import.meta.dirname, '..');
const { db, world, as, seenBy } = await testWorld();

const modules = (file: string) => `src/modules/${file}`;
const mine = {
	account: modules('people/queries.server.ts'),
	identity: modules('identity/queries/mine.server.ts'),
	directory: modules('organisations/erasure/queries.server.ts'),
	meetings: modules('meetings/queries/mine.server.ts'),
	agreements: modules('agreements/queries/mine.server.ts'),
	calls: modules('accompaniment/queries/mine.server.ts'),
	cooperations: modules('cooperations/queries/mine.server.ts'),
	drafts: modules('drafts/queries.server.ts'),
	lines: modules('lines/queries/mine.server.ts'),
	approaches: modules('approaches/queries.server.ts'),
	hands: modules('hands/queries.server.ts'),
	ideas: modules('ideas/queries.server.ts'),
	needs: modules('needs/queries.server.ts'),
	notices: modules('notices/queries.server.ts'),
	portraits: modules('portraits/queries.server.ts'),
	publications: modules('publications/queries.server.ts'),
	readings: modules('evaluations/indicators/queries/mine.server.ts'),
	remarks: modules('evaluations/check-ins/queries/remarks.server.ts'),
	sessions: modules('sessions/queries/mine.server.ts'),
	views: modules('saved/queries.server.ts'),
	worth: modules('worth/queries/mine.server.ts'),
	pitches: modules('pitches/queries/mine.server.ts'),
	sheets: modules('sheets/queries.server.ts'),
	introductions: modules('introductions/queries.server.ts'),
	mailings: modules('mailings/queries.server.ts'),
	draws: modules('draws/queries.server.ts'),
	help: modules('resources/queries.server.ts'),
	asks: modules('cooperations/helping/queries.server.ts'),
	registers: modules('register/queries.server.ts')
};
const gone = {
	people: modules('people/commands.server.ts'),
	identity: modules('identity/commands/erasing.server.ts'),
	organisations: modules('organisations/erasure/commands.server.ts'),
	notices: modules('notices/commands.server.ts'),
	drafts: modules('drafts/commands.server.ts'),
	ideas: modules('ideas/commands/keeping.server.ts'),
	voices: modules('ideas/commands.server.ts'),
	views: modules('saved/commands.server.ts'),
	polls: modules('meetings/polls/commands/answering.server.ts'),
	meetings: modules('meetings/commands/erasing.server.ts'),
	calls: modules('accompaniment/commands.server.ts'),
	portraits: modules('portraits/commands.server.ts'),
	remarks: modules('evaluations/check-ins/commands/answering.server.ts'),
	help: modules('resources/commands.server.ts')
};
const structure = 'is a structure’s, not a person’s';
const nameless = 'names nobody once the person’s row has no name';
const journal = 'told in the journal, which is exported';

/** What holds somebody: where it is exported and where erased, by the file that does it, or else why not. */
const held: Record<string, { exported: string; erased: string }> = {
	'accompaniments.accepted_by': { exported: journal, erased: nameless },
	'accompaniments.ended_by': { exported: journal, erased: nameless },
	'accompaniments.proposed_by': { exported: journal, erased: nameless },
	'action_series.made_by': { exported: mine.sessions, erased: nameless },
	'action_sessions.cancelled_by': { exported: mine.sessions, erased: nameless },
	'action_sessions.made_by': { exported: mine.sessions, erased: nameless },
	'action_sessions.noted_by': { exported: mine.sessions, erased: nameless },
	'address_changes.email': { exported: mine.account, erased: gone.people },
	'address_changes.person_id': { exported: mine.account, erased: gone.people },
	'administration_acts.about_person': { exported: mine.account, erased: nameless },
	'administration_acts.by_person': { exported: mine.account, erased: nameless },
	'advice.sent_by': { exported: mine.calls, erased: nameless },
	'advice_answers.answered_by': { exported: mine.calls, erased: nameless },
	'agenda_points.added_by': { exported: mine.meetings, erased: nameless },
	'agenda_points.removed_by': { exported: mine.meetings, erased: nameless },
	'agreement_clauses.changed_by': { exported: mine.agreements, erased: nameless },
	'agreement_clauses.removed_by': { exported: mine.agreements, erased: nameless },
	'agreement_signatures.noted_by': { exported: mine.agreements, erased: nameless },
	'agreement_signatures.signatory': {
		exported: mine.agreements,
		erased: 'who signed a contract stays as long as the contract is proof (GDPR, article 17, 3, e)'
	},
	'agreement_versions.frozen_by': { exported: mine.agreements, erased: nameless },
	'areas.name': { exported: 'the name of a place', erased: 'the name of a place' },
	'agreement_versions.name': { exported: 'the name of a document', erased: 'the name of a document' },
	'agreements.written_by': { exported: mine.agreements, erased: nameless },
	'approaches.written_by': { exported: mine.approaches, erased: nameless },
	'calendar_feeds.person_id': { exported: mine.meetings, erased: gone.meetings },
	'calendar_feeds.revoked_by': { exported: mine.meetings, erased: nameless },
	'calls.noted_by': { exported: mine.calls, erased: nameless },
	'calls.said': { exported: mine.calls, erased: gone.calls },
	'calls.spoken_by': { exported: mine.calls, erased: nameless },
	'check_in_answers.entered_by': { exported: journal, erased: nameless },
	'check_in_marks.said': { exported: structure, erased: structure },
	'check_in_remarks.person_id': { exported: mine.remarks, erased: gone.remarks },
	'check_in_rhythms.chosen_by': { exported: journal, erased: nameless },
	'check_ins.opened_by': { exported: journal, erased: nameless },
	'cooperation_endings.ended_by': { exported: mine.cooperations, erased: nameless },
	'cooperation_endings.reopened_by': { exported: mine.cooperations, erased: nameless },
	'cooperations.begun_by': { exported: mine.cooperations, erased: nameless },
	'cooperations.ended_by': { exported: 'the same is in cooperation_endings', erased: nameless },
	'cooperations.name': { exported: structure, erased: structure },
	'drafts.owner': { exported: mine.drafts, erased: gone.drafts },
	'entry_links.person_id': { exported: mine.account, erased: gone.people },
	'hands_offered.name': { exported: 'of somebody without an account', erased: modules('hands/commands.server.ts') },
	'hands_offered.taken_by': { exported: mine.hands, erased: nameless },
	'house_texts.written_by': { exported: journal, erased: nameless },
	'hub_addresses.asked_by': { exported: journal, erased: nameless },
	'hub_addresses.email': { exported: structure, erased: structure },
	'hubs.opened_by': { exported: journal, erased: nameless },
	'hubs.phone': { exported: structure, erased: structure },
	'hubs.reply_to': { exported: structure, erased: structure },
	'hubs.sender_email': { exported: structure, erased: structure },
	'hubs.sender_name': { exported: structure, erased: structure },
	'import_columns.remembered_by': { exported: mine.directory, erased: nameless },
	'idea_voices.email': { exported: mine.ideas, erased: gone.voices },
	'idea_voices.name': { exported: mine.ideas, erased: gone.voices },
	'idea_voices.person_id': { exported: mine.ideas, erased: gone.ideas },
	'ideas.became_by': { exported: mine.ideas, erased: nameless },
	'ideas.commune_name': { exported: 'the name of a place', erased: 'the name of a place' },
	'ideas.hidden_by': { exported: mine.ideas, erased: nameless },
	'import_rows.decided_by': { exported: mine.directory, erased: nameless },
	'imports.brought_by': { exported: mine.directory, erased: nameless },
	'imports.file_name': { exported: structure, erased: structure },
	'indicator_readings.chosen_by': { exported: mine.readings, erased: nameless },
	'invitations.accepted_by': { exported: mine.directory, erased: nameless },
	'invitations.email': { exported: mine.directory, erased: gone.organisations },
	'invitations.invited_by': { exported: mine.directory, erased: nameless },
	'invitations.name': { exported: mine.directory, erased: gone.organisations },
	'line_marks.by_person': { exported: mine.lines, erased: nameless },
	'line_marks.undone_by': { exported: mine.lines, erased: nameless },
	'lines.entered_by': { exported: mine.lines, erased: nameless },
	'lines.person_id': { exported: mine.lines, erased: nameless },
	'lines.who_person': { exported: mine.lines, erased: nameless },
	'mails.from_name': { exported: 'who sends: a hub', erased: gone.notices },
	'mails.person_id': { exported: mine.notices, erased: gone.notices },
	'mails.reply_to': { exported: 'whom to answer: a hub, or who convenes', erased: 'mails are swept after some weeks' },
	'mails.to_email': { exported: mine.notices, erased: gone.notices },
	'mails.to_name': { exported: 'the account’s own name', erased: gone.notices },
	'organisation_merges.merged_by': { exported: journal, erased: nameless },
	'organisation_merges.undone_by': { exported: journal, erased: nameless },
	'claims.email': { exported: mine.identity, erased: 'its row goes with who claims' },
	'claims.granted_by': { exported: mine.identity, erased: nameless },
	'claims.letter_by': { exported: mine.identity, erased: nameless },
	'claims.person_id': { exported: mine.identity, erased: gone.identity },
	'claims.refused_by': { exported: mine.identity, erased: nameless },
	'organisation_columns.column_name': { exported: 'a table of the product', erased: 'a table of the product' },
	'organisation_columns.table_name': { exported: 'a table of the product', erased: 'a table of the product' },
	'organisation_merge_moves.column_name': { exported: 'a table of the product', erased: 'a table of the product' },
	'organisation_merge_moves.table_name': { exported: 'a table of the product', erased: 'a table of the product' },
	'official_bodies.commune_name': { exported: 'the name of a place', erased: 'the name of a place' },
	'official_bodies.name': { exported: 'the name of a body', erased: 'the name of a body' },
	'official_bodies.short_name': { exported: 'the name of a body', erased: 'the name of a body' },
	'official_imports.brought_by': { exported: mine.registers, erased: nameless },
	'official_imports.stopped_by': { exported: mine.registers, erased: nameless },
	'official_imports.file_name': { exported: mine.registers, erased: 'the name of a document' },
	'official_parts.said': { exported: 'the rows of a public register', erased: 'the rows of a public register' },
	'official_seats.commune_name': { exported: 'the name of a place', erased: 'the name of a place' },
	'organisation_identifiers.added_by': { exported: journal, erased: nameless },
	'past_identifiers.since_by': { exported: journal, erased: nameless },
	'past_identifiers.until_by': { exported: journal, erased: nameless },
	'organisation_official_records.since_by': { exported: journal, erased: nameless },
	'organisation_official_records.until_by': { exported: journal, erased: nameless },
	'takeover_objections.person_id': { exported: mine.identity, erased: gone.identity },
	'takeovers.granted_by': { exported: mine.identity, erased: nameless },
	'takeovers.person_id': { exported: mine.identity, erased: gone.identity },
	'takeovers.refused_by': { exported: mine.identity, erased: nameless },
	'managers.given_by': { exported: mine.directory, erased: nameless },
	'mandates.given_by': { exported: mine.directory, erased: nameless },
	'meeting_participants.email': { exported: mine.meetings, erased: gone.meetings },
	'meeting_participants.name': { exported: mine.meetings, erased: gone.meetings },
	'meeting_participants.person_id': { exported: mine.meetings, erased: nameless },
	'meeting_participants.presence_noted_by': { exported: mine.meetings, erased: nameless },
	'meetings.adopted_by': { exported: mine.meetings, erased: nameless },
	'meetings.cancelled_by': { exported: mine.meetings, erased: nameless },
	'meetings.circulated_by': { exported: mine.meetings, erased: nameless },
	'meetings.minutes_begun_by': { exported: mine.meetings, erased: nameless },
	'meetings.organiser_id': { exported: mine.meetings, erased: nameless },
	'memberships.person_id': { exported: mine.directory, erased: nameless },
	'migrations.name': { exported: 'a file of the product', erased: 'a file of the product' },
	'needs.closed_by': { exported: mine.needs, erased: nameless },
	'needs.commune_name': { exported: structure, erased: structure },
	'needs.said_by': { exported: mine.needs, erased: nameless },
	'network_houses.accepted_by': { exported: journal, erased: nameless },
	'network_houses.ended_by': { exported: journal, erased: nameless },
	'network_houses.proposed_by': { exported: journal, erased: nameless },
	'networks.declared_by': { exported: journal, erased: nameless },
	'networks.name': { exported: structure, erased: structure },
	'notice_choices.person_id': { exported: mine.notices, erased: gone.notices },
	'notices.person_id': { exported: mine.notices, erased: gone.notices },
	'organisations.commune_name': { exported: structure, erased: structure },
	'organisations.email': { exported: structure, erased: structure },
	'organisations.name': { exported: structure, erased: structure },
	'organisations.phone': { exported: structure, erased: structure },
	'organisations.registered_by': { exported: mine.directory, erased: nameless },
	'organisations.short_name': { exported: structure, erased: structure },
	'participation_links.invitee': { exported: 'an id of a poll’s or a meeting’s guest', erased: nameless },
	'partners.accepted_by': { exported: mine.cooperations, erased: nameless },
	'partners.invited_by': { exported: mine.cooperations, erased: nameless },
	'partners.left_by': { exported: mine.cooperations, erased: nameless },
	'persons.email': { exported: mine.account, erased: gone.people },
	'persons.name': { exported: mine.account, erased: gone.people },
	'persons.phone': { exported: mine.account, erased: gone.people },
	'poll_invitees.email': { exported: mine.meetings, erased: gone.polls },
	'poll_invitees.name': { exported: mine.meetings, erased: gone.polls },
	'poll_invitees.organisation_name': { exported: structure, erased: gone.polls },
	'poll_invitees.person_id': { exported: mine.meetings, erased: nameless },
	'poll_replies.comment': { exported: mine.meetings, erased: gone.polls },
	'poll_replies.entered_by': { exported: mine.meetings, erased: nameless },
	'polls.closed_by': { exported: mine.meetings, erased: nameless },
	'polls.organiser': { exported: mine.meetings, erased: nameless },
	'portraits.person_id': { exported: mine.portraits, erased: gone.portraits },
	'public_page_answers.by_person': { exported: mine.publications, erased: nameless },
	'public_page_namings.by_person': { exported: mine.publications, erased: nameless },
	'public_page_versions.proposed_by': { exported: mine.publications, erased: nameless },
	'review_consents.given_by': { exported: journal, erased: nameless },
	'saved_views.name': { exported: mine.views, erased: gone.views },
	'saved_views.person_id': { exported: mine.views, erased: gone.views },
	'session_hours.noted_by': { exported: mine.sessions, erased: nameless },
	'sessions.person_id': { exported: mine.account, erased: gone.people },
	'silenced_addresses.email': {
		exported: 'of people without an account',
		erased: 'without it, they would be written to again'
	},
	'stage_moves.moved_by': { exported: mine.cooperations, erased: nameless },
	'pauses.paused_by': { exported: mine.cooperations, erased: nameless },
	'pauses.resumed_by': { exported: mine.cooperations, erased: nameless },
	'stall_notices.told_to': { exported: mine.cooperations, erased: nameless },
	'readings.read_by': { exported: mine.cooperations, erased: nameless },
	'origins.told_by': { exported: mine.cooperations, erased: nameless },
	'step_marks.done_by': { exported: mine.cooperations, erased: nameless },
	'step_marks.undone_by': { exported: mine.cooperations, erased: nameless },
	'suggestion_refusals.refused_by': { exported: journal, erased: nameless },
	'weighings.made_by': { exported: mine.worth, erased: nameless },
	'monthly_hours.noted_by': { exported: mine.worth, erased: nameless },
	'hours_shares.shared_by': { exported: mine.worth, erased: nameless },
	'hours_shares.stopped_by': { exported: mine.worth, erased: nameless },
	'hours_reminders.asked_by': { exported: mine.worth, erased: nameless },
	'capacities.said_by': { exported: mine.worth, erased: nameless },
	'pitches.made_by': { exported: mine.pitches, erased: nameless },
	'partner_sheets.opened_by': { exported: mine.sheets, erased: nameless },
	'partner_notes.written_by': { exported: mine.sheets, erased: nameless },
	'partner_notes.removed_by': { exported: mine.sheets, erased: nameless },
	'draws.opened_by': { exported: mine.draws, erased: nameless },
	'draws.drawn_by': { exported: mine.draws, erased: nameless },
	'resource_people.person_id': { exported: mine.help, erased: gone.help },
	'resource_asks.person_id': { exported: mine.asks, erased: nameless },
	'resource_asks.asked_by': { exported: mine.asks, erased: nameless },
	'resource_asks.ended_by': { exported: mine.asks, erased: nameless },
	'resource_asks.prepares_said_by': { exported: mine.asks, erased: nameless },
	'mailings.sent_by': { exported: mine.mailings, erased: nameless },
	'fact_confirmations.confirmed_by': { exported: mine.mailings, erased: nameless },
	'introductions.became_by': { exported: mine.introductions, erased: nameless },
	'introductions.made_by': { exported: mine.introductions, erased: nameless },
	'introduced.answered_by': { exported: mine.introductions, erased: nameless },
	'introduced.outcome_by': { exported: mine.introductions, erased: nameless }
};

test('every column that holds a person is exported and erased, or says why not', async () => {
	const { rows } = await sql<{ column: string }>`
		select c.conrelid::regclass::text || '.' || a.attname as column from pg_constraint c
		join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
		where c.contype = 'f' and c.confrelid = 'persons'::regclass
		union select table_name || '.' || column_name from information_schema.columns where table_schema = 'public'
		and column_name ~ '(^|_)(name|email|phone|said|comment|signatory|reply_to|invitee|recipient)$'
		order by 1`.execute(db);
	expect(rows.map(({ column }) => column)).toEqual(Object.keys(held).toSorted());
});

test('whoever is said to export or to erase a column names it', () => {
	const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
	for (const [name, { exported, erased }] of Object.entries(held)) {
		const [table, column] = name.split('.').map((one) => camel(one)) as [string, string];
		for (const file of [exported, erased].filter((one) => one.startsWith('src/'))) {
			const text = readFileSync(path.join(root, file), 'utf8');
			expect(text, `${file} → ${table}`).toContain(`'${table}`);
			expect(text, `${file} → ${name}`).toMatch(new RegExp(`\\b(${column}|${name.split('.')[1]})\\b`));
		}
	}
});

test('what somebody said on the telephone is given back to them, and goes when they are erased', async () => {
	await as('claire')(async (context) => {
		const id = newId();
		await noteCall(context, {
			id,
			organisationId: world.structures.nadia,
			cooperationId: world.cooperation.id,
			said: 'Je suis fatiguée, rappelez-moi en mars.',
			spokenBy: world.actors.nadia.id,
			kind: null,
			accepts: false,
			readBack: false,
			againOn: null
		});
		const nadia = seenBy(context, 'nadia');
		expect(await listOwnCalls(nadia)).toMatchObject([{ said: 'Je suis fatiguée, rappelez-moi en mars.', as: 'spoke' }]);
		expect(await listOwnCalls(context)).toMatchObject([{ as: 'noted' }]);
		expect(await listOwnCalls(seenBy(context, 'odile'))).toEqual([]);
		const told = () =>
			context.db
				.selectFrom('entries as e')
				.innerJoin('payloads as p', (join) => join.onRef('p.chain', '=', 'e.chain').onRef('p.n', '=', 'e.n'))
				.select('p.content')
				.where('e.verb', '=', 'call-noted')
				.execute();
		expect(await told()).toHaveLength(1);
		await eraseMyCalls(nadia);
		await eraseMyself(nadia);
		expect(await told()).toEqual([]);
		const { said } = await context.db.selectFrom('calls').select('said').where('id', '=', id).executeTakeFirstOrThrow();
		expect(said).not.toContain('fatiguée');
	});
});

test('only a member can have spoken for an organisation', async () => {
	await as('claire')(async (context) => {
		const call = { id: newId(), organisationId: world.structures.nadia, cooperationId: null, said: 'Oui.', kind: null };
		const rest = { accepts: false, readBack: false, againOn: null, spokenBy: world.actors.bruno.id };
		await expect(noteCall(context, { ...call, ...rest, cooperationId: world.cooperation.id })).rejects.toMatchObject({
			field: 'spokenBy'
		});
	});
});

test('a name leaves the lists of meetings; that somebody came stays', async () => {
	await as('nadia')(async (context) => {
		const { id } = await convene(allow(context, true), context, await findCooperationById(context, world.cooperation.id), {
			title: 'Préparer',
			place: null,
			startsAt: new Date('2026-12-01T18:00:00Z'),
			minutes: 60,
			pollId: null,
			participants: [
				{ personId: world.actors.odile.id, name: 'Odile Marchand', email: null, organisationId: world.structures.odile }
			],
			actingFor: { id: world.structures.nadia, name: 'L’Atelier du Soleil' }
		});
		const odile = seenBy(context, 'odile');
		expect((await listOwnMeetings(odile, null)).invited).toMatchObject([{ title: 'Préparer', name: 'Odile Marchand' }]);
		await eraseMyPresence(odile);
		const there = await context.db
			.selectFrom('meetingParticipants')
			.select(['name', 'email'])
			.where('meetingId', '=', id)
			.execute();
		expect(there.filter(({ name }) => name.includes('Odile'))).toEqual([]);
		expect(there.length).toBeGreaterThan(0);
	});
});

import { expect, test } from 'vitest';
import { whomToCall, type Contact, type Followed } from './rules.ts';

const now = new Date('2026-11-22T10:00:00Z');
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
const contacts: Contact[] = [
	{ id: 'a', name: 'Atelier', email: 'a@example.org' },
	{ id: 'b', name: 'Boules', email: null },
	{ id: 'c', name: 'Chorale', email: null }
];
const organisations = new Map(contacts.map((one) => [one.id, one]));
const cooperation = (over: Partial<Followed> = {}): Followed => ({
	id: 'x',
	name: 'Avril',
	path: '/cooperations/avril',
	begunAt: ago(60),
	lastLineAt: ago(2),
	endedAt: null,
	spokenFor: 'a',
	invited: [],
	meetingFixed: true,
	...over
});
const day = (over: Partial<Parameters<typeof whomToCall>[0]>) =>
	whomToCall(
		{ organisations, accompanied: [], cooperations: [], tasks: [], polls: [], calls: [], ...over },
		now,
		'2026-11-22'
	).map(({ organisation, reasons }) => [organisation.id, ...reasons.map(({ kind }) => kind)]);

test.each<[string, Partial<Parameters<typeof whomToCall>[0]>, string[][]]>([
	['nothing is wanted of those who write and meet', { cooperations: [cooperation()] }, []],
	['no news for a month', { cooperations: [cooperation({ lastLineAt: ago(30) })] }, [['a', 'news']]],
	['a day less than a month', { cooperations: [cooperation({ lastLineAt: ago(29) })] }, []],
	[
		'nothing ever written, begun a month ago',
		{ cooperations: [cooperation({ lastLineAt: null, begunAt: ago(31) })] },
		[['a', 'news']]
	],
	['no meeting fixed', { cooperations: [cooperation({ meetingFixed: false })] }, [['a', 'meeting']]],
	['no meeting fixed, begun yesterday', { cooperations: [cooperation({ meetingFixed: false, begunAt: ago(1) })] }, []],
	[
		'an invitation without answer for ten days',
		{ cooperations: [cooperation({ invited: [{ organisationId: 'b', invitedAt: ago(10) }] })] },
		[['b', 'invitation']]
	],
	['nine days', { cooperations: [cooperation({ invited: [{ organisationId: 'b', invitedAt: ago(9) }] })] }, []],
	[
		'a task late by two weeks',
		{ cooperations: [cooperation()], tasks: [{ cooperationId: 'x', organisationId: 'b', text: 'Salle', dueOn: '2026-11-08' }] },
		[['b', 'task']]
	],
	[
		'a task late by thirteen days',
		{ cooperations: [cooperation()], tasks: [{ cooperationId: 'x', organisationId: 'b', text: 'Salle', dueOn: '2026-11-09' }] },
		[]
	],
	['an ended cooperation asks for nothing', { cooperations: [cooperation({ endedAt: ago(1), lastLineAt: ago(90) })] }, []],
	[
		'a poll without answer',
		{ cooperations: [cooperation()], polls: [{ cooperationId: 'x', organisationId: 'c', openedAt: ago(6) }] },
		[['c', 'poll']]
	],
	['an organisation never called', { accompanied: [{ organisationId: 'c', since: ago(1) }] }, [['c', 'first']]],
	[
		'called this week: left in peace',
		{
			cooperations: [cooperation({ lastLineAt: ago(40) })],
			calls: [{ organisationId: 'a', cooperationId: null, at: ago(3), againOn: null }]
		},
		[]
	],
	[
		'called this week, and a call promised for today',
		{
			cooperations: [cooperation({ lastLineAt: ago(40) })],
			calls: [{ organisationId: 'a', cooperationId: 'x', at: ago(3), againOn: '2026-11-22' }]
		},
		[['a', 'again', 'news']]
	],
	['promised for tomorrow', { calls: [{ organisationId: 'a', cooperationId: null, at: ago(30), againOn: '2026-11-23' }] }, []],
	[
		'equals: without e-mail first, then by name',
		{
			accompanied: [
				{ organisationId: 'a', since: ago(1) },
				{ organisationId: 'c', since: ago(1) },
				{ organisationId: 'b', since: ago(1) }
			]
		},
		[
			['b', 'first'],
			['c', 'first'],
			['a', 'first']
		]
	],
	[
		'one strong reason before many weak ones',
		{
			cooperations: [
				...Array.from({ length: 60 }, (_, i) => cooperation({ id: `y${i}`, lastLineAt: ago(40) })),
				cooperation({ spokenFor: null, invited: [{ organisationId: 'b', invitedAt: ago(11) }] })
			]
		},
		[
			['b', 'invitation'],
			['a', ...Array.from({ length: 60 }, () => 'news')]
		]
	],
	[
		'what waits least comes first',
		{
			cooperations: [cooperation({ lastLineAt: ago(40), invited: [{ organisationId: 'b', invitedAt: ago(11) }] })],
			accompanied: [{ organisationId: 'c', since: ago(9) }]
		},
		[
			['b', 'invitation'],
			['a', 'news'],
			['c', 'first']
		]
	]
])('%s', (_, facts, wanted) => expect(day(facts)).toEqual(wanted));

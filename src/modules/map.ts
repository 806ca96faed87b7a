/** Who may know whom. Reading this file is reading the domain. */
export const knows: Record<string, string[]> = {
	journal: [],
	notices: [],
	territories: [],
	links: [],
	drafts: [],
	saved: [],
	hubs: ['journal', 'people', 'organisations', 'territories'],
	people: ['notices'],
	organisations: ['journal', 'notices', 'people', 'territories'],
	cooperations: ['journal', 'hubs', 'links', 'notices', 'people', 'organisations', 'territories'],
	portraits: ['hubs', 'organisations', 'cooperations'],
	lines: ['journal', 'hubs', 'people', 'organisations', 'cooperations'],
	meetings: ['journal', 'hubs', 'links', 'notices', 'people', 'organisations', 'cooperations', 'lines'],
	accompaniment: ['journal', 'notices', 'people', 'hubs', 'organisations', 'cooperations', 'lines', 'meetings', 'agreements'],
	search: ['organisations', 'cooperations', 'lines', 'agreements'],
	agreements: ['journal', 'hubs', 'notices', 'people', 'organisations', 'cooperations', 'lines'],
	sessions: ['journal', 'hubs', 'notices', 'people', 'organisations', 'cooperations', 'lines'],
	evaluations: [
		'journal',
		'hubs',
		'links',
		'notices',
		'people',
		'organisations',
		'cooperations',
		'lines',
		'meetings',
		'sessions'
	],
	library: ['journal', 'hubs', 'cooperations', 'lines']
};

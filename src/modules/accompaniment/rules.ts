/** Why somebody is to be called. The first ones cannot wait as long as the last ones. */
const reasonKinds = ['again', 'invitation', 'task', 'poll', 'meeting', 'news', 'first'] as const;
export type ReasonKind = (typeof reasonKinds)[number];

export type Reason = {
	kind: ReasonKind;
	/** The cooperation that it is about; null for the organisation itself. */
	cooperation: { id: string; name: string; path: string } | null;
	/** How many days it has lasted. */
	days: number;
	/** What it is about, when it has a name: a task. */
	about: string | null;
};

/** Whom to call, and why. */
export type Wanted<C = Contact> = { organisation: C; reasons: Reason[]; lastCallAt: Date | null };

export type Contact = { id: string; name: string; email: string | null };

/** What an accompagnateur may know of a cooperation that accepted the hub. */
export type Followed = {
	id: string;
	name: string;
	path: string;
	begunAt: Date;
	/** When anybody wrote last, whatever was written. */
	lastLineAt: Date | null;
	endedAt: Date | null;
	/** The organisation that speaks for it: its lead, or the one that began it. */
	spokenFor: string | null;
	invited: { organisationId: string; invitedAt: Date }[];
	/** Whether a meeting is to come. */
	meetingFixed: boolean;
};

export type LateTask = { cooperationId: string; organisationId: string; text: string; dueOn: string };
export type SilentPoll = { cooperationId: string; organisationId: string; openedAt: Date };
export type LastCall = { organisationId: string; cooperationId: string | null; at: Date; againOn: string | null };

const day = 86_400_000;
const daysSince = (from: Date, now: Date): number => Math.floor((now.getTime() - from.getTime()) / day);

/** How long each thing may last before a call: days. */
export const patience = { invitation: 10, task: 14, poll: 5, meeting: 14, news: 30, quiet: 7 } as const;

const weight: Record<ReasonKind, number> = { again: 60, invitation: 40, task: 30, poll: 25, meeting: 20, news: 20, first: 5 };

/**
 * Whom to call today, the most needed first: a call that was promised, an invitation without answer, a late task, a poll
 * without answer, no meeting fixed, no news, an organisation never called. Equals: without e-mail first, then the one that was
 * called longest ago. Somebody called within the week is left in peace, unless the call was promised.
 */
export function whomToCall<C extends Contact>(
	{
		organisations,
		accompanied,
		cooperations,
		tasks,
		polls,
		calls
	}: {
		organisations: Map<string, C>;
		/** The organisations that accepted the hub themselves, and since when. */
		accompanied: { organisationId: string; since: Date }[];
		cooperations: Followed[];
		tasks: LateTask[];
		polls: SilentPoll[];
		calls: LastCall[];
	},
	now: Date,
	today: string
): Wanted<C>[] {
	const byOrganisation = new Map<string, Reason[]>();
	const want = (organisationId: string | null, reason: Reason) => {
		if (organisationId !== null) byOrganisation.set(organisationId, [...(byOrganisation.get(organisationId) ?? []), reason]);
	};
	const followed = new Map(cooperations.filter(({ endedAt }) => endedAt === null).map((one) => [one.id, one]));
	const short = ({ id, name, path }: Followed) => ({ id, name, path });
	for (const one of followed.values()) {
		const cooperation = short(one);
		for (const { organisationId, invitedAt } of one.invited) {
			const days = daysSince(invitedAt, now);
			if (days >= patience.invitation) want(organisationId, { kind: 'invitation', cooperation, days, about: null });
		}
		const silent = daysSince(one.lastLineAt ?? one.begunAt, now);
		if (silent >= patience.news) want(one.spokenFor, { kind: 'news', cooperation, days: silent, about: null });
		const age = daysSince(one.begunAt, now);
		if (!one.meetingFixed && age >= patience.meeting)
			want(one.spokenFor, { kind: 'meeting', cooperation, days: age, about: null });
	}
	for (const { cooperationId, organisationId, text, dueOn } of tasks) {
		const one = followed.get(cooperationId);
		const days = Math.round((Date.parse(today) - Date.parse(dueOn)) / day);
		if (one && days >= patience.task) want(organisationId, { kind: 'task', cooperation: short(one), days, about: text });
	}
	for (const { cooperationId, organisationId, openedAt } of polls) {
		const one = followed.get(cooperationId);
		const days = daysSince(openedAt, now);
		if (one && days >= patience.poll) want(organisationId, { kind: 'poll', cooperation: short(one), days, about: null });
	}
	const last = new Map<string, Date>();
	const promised = new Set<string>();
	for (const { organisationId, cooperationId, at, againOn } of calls) {
		const known = last.get(organisationId);
		if (!known || known < at) last.set(organisationId, at);
		if (againOn === null || againOn > today) continue;
		promised.add(organisationId);
		const one = cooperationId ? followed.get(cooperationId) : undefined;
		want(organisationId, { kind: 'again', cooperation: one ? short(one) : null, days: daysSince(at, now), about: null });
	}
	for (const { organisationId, since } of accompanied)
		if (!last.has(organisationId))
			want(organisationId, { kind: 'first', cooperation: null, days: daysSince(since, now), about: null });
	const strongest = ({ reasons }: Wanted<C>) => weight[reasons[0]!.kind];
	return [...byOrganisation]
		.flatMap(([id, reasons]): Wanted<C>[] => {
			const organisation = organisations.get(id);
			const lastCallAt = last.get(id) ?? null;
			const justCalled = lastCallAt !== null && daysSince(lastCallAt, now) < patience.quiet;
			if (!organisation || (justCalled && !promised.has(id))) return [];
			return [
				{ organisation, reasons: reasons.toSorted((a, b) => weight[b.kind] - weight[a.kind] || b.days - a.days), lastCallAt }
			];
		})
		.toSorted(
			(a, b) =>
				strongest(b) - strongest(a) ||
				b.reasons.length - a.reasons.length ||
				Number(a.organisation.email !== null) - Number(b.organisation.email !== null) ||
				(a.lastCallAt?.getTime() ?? 0) - (b.lastCallAt?.getTime() ?? 0) ||
				a.organisation.name.localeCompare(b.organisation.name, 'fr')
		);
}

import { m } from '#words';
import {
	day,
	id,
	oneOf,
	optionalCount,
	optionalId,
	optionalMoney,
	optionalText,
	several,
	text,
	ticked,
	time,
	z
} from '#platform/forms.ts';
import { minutesOf } from './rules.ts';
import { rhythms } from './rules/occurrences.ts';

const lengthAtMost = 24 * 60;
const peopleAtMost = 1_000_000;

/** « 2 h 30 », « 2,5 », « 45 min » in minutes; null when left empty. `unreal` says what can be read. */
export const optionalDuration = (unreal: () => string = m.sessions_duration_unreal) =>
	z
		.string()
		.optional()
		.transform((value, issues) => {
			const typed = (value ?? '').trim();
			if (!typed) return null;
			const minutes = minutesOf(typed);
			if (minutes === null) {
				issues.addIssue({ code: 'custom', message: unreal() });
				return z.NEVER;
			}
			return minutes;
		});

const length = () =>
	optionalDuration().pipe(
		z
			.number()
			.min(1, { error: () => m.sessions_duration_unreal() })
			.max(lengthAtMost, { error: () => m.sessions_length_too_long() })
			.nullable()
	);

const what = {
	title: text(m.sessions_title_missing, 200),
	place: optionalText(200),
	runners: optionalText(500),
	partners: several(id(), 60),
	open: ticked(),
	toKnow: optionalText(1000)
};

/** One session, or a series of them: `rhythm` is « once » for one. The id is made with the page. */
export const writeForm = z.object({
	id: id(),
	...what,
	day: day(m.sessions_day_missing),
	time: time(m.sessions_time_missing),
	length: length(),
	rhythm: oneOf(['once', ...rhythms]),
	weekdays: several(oneOf(['1', '2', '3', '4', '5', '6', '7'])),
	endsOn: z
		.string()
		.optional()
		.transform((value) => (value ?? '').trim() || null)
		.pipe(day().nullable()),
	actingFor: optionalId()
});
export type WrittenSession = z.output<typeof writeForm>;

/** Posts the sequence that was read, so that two who change it at once lose nothing. */
const read = {
	sequence: z.coerce
		.number({ error: () => m.forms_id_unreal() })
		.int()
		.min(0)
};

export const changeForm = z.object({ ...read, ...what });
export type ChangedSession = z.output<typeof changeForm>;

export const moveForm = z.object({
	...read,
	day: day(m.sessions_day_missing),
	time: time(m.sessions_time_missing),
	length: length(),
	reason: text(m.sessions_move_reason_missing, 500)
});
export type MovedSession = z.output<typeof moveForm>;

export const cancelForm = z.object({ reason: text(m.sessions_cancel_reason_missing, 500) });

/** How many came. An empty field is not a zero. */
const count = (missing: () => string) =>
	optionalCount(peopleAtMost).transform((value, issues) => {
		if (value !== null) return value;
		issues.addIssue({ code: 'custom', message: missing() });
		return z.NEVER;
	});

/** How many came; the rest may be left out. `publics` and `counts` go together, in the order of the page. */
export const noteForm = z.object({
	...read,
	people: count(m.sessions_people_missing),
	publics: several(id(), 60),
	counts: several(optionalCount(peopleAtMost), 60),
	otherPublic: optionalText(120),
	otherCount: optionalCount(peopleAtMost),
	note: optionalText(1000),
	volunteers: optionalDuration(),
	employees: optionalDuration(),
	actingFor: optionalId()
});
export type NotedSession = z.output<typeof noteForm>;

export const hoursForm = z.object({ volunteers: optionalDuration(), employees: optionalDuration(), actingFor: optionalId() });
export type NotedHours = z.output<typeof hoursForm>;

export const supplierForm = z.object({
	id: id(),
	supplier: text(m.sessions_supplier_missing, 200),
	hours: optionalDuration(),
	cents: optionalMoney(),
	actingFor: optionalId()
});
export type NotedSupplier = z.output<typeof supplierForm>;

import { m } from '#words';
import { day, id, oneOf, optionalCount, optionalDay, optionalId, optionalText, several, text, time, z } from '#platform/forms.ts';
import { writeForm } from '#modules/lines/forms.ts';
import { kinds, topics, type Kind } from '#modules/lines/rules.ts';
import { expectations, presences, replies } from './rules.ts';

const optionalTime = () =>
	z
		.string()
		.optional()
		.transform((value) => (value ?? '').trim().slice(0, 5) || null)
		.pipe(
			z
				.string()
				.regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: () => m.forms_time_unreal() })
				.nullable()
		);

const length = () => optionalCount(24 * 60);

/** When the first meeting takes place: a day and a time, or neither. */
export const firstMeetingForm = z.object({ meeting: id(), day: optionalDay(), time: optionalTime() });

export const conveneForm = z.object({
	id: id(),
	title: text(m.meetings_title_missing, 200),
	day: day(),
	time: time(),
	minutes: length(),
	place: optionalText(300),
	people: several(id()),
	actingFor: optionalId()
});
export type Convened = z.output<typeof conveneForm>;

/** Posts the sequence that was read, so that two people who change a meeting at once lose nothing. */
export const changeForm = z.object({
	sequence: z.coerce
		.number({ error: () => m.forms_id_unreal() })
		.int()
		.min(0),
	title: text(m.meetings_title_missing, 200),
	day: day(),
	time: time(),
	minutes: length(),
	place: optionalText(300)
});
export type Changed = z.output<typeof changeForm>;

export const cancelForm = z.object({ reason: text(m.meetings_reason_missing, 500) });
export const replyForm = z.object({ reply: oneOf(replies, m.meetings_reply_missing) });
export const noteReplyForm = z.object({ participant: id(), reply: oneOf(replies, m.meetings_reply_missing) });
export const inviteForm = z.object({ people: several(id()) });

export const pointForm = z.object({
	id: id(),
	title: text(m.meetings_point_missing, 300),
	minutes: optionalCount(600),
	expected: oneOf(expectations).default('discuss')
});
/** A grid of a house's library. */
export const gridForm = z.object({ text: id() });
export const movePointForm = z.object({ id: id(), direction: oneOf(['up', 'down']) });
export const removePointForm = z.object({ id: id() });

export const presenceForm = z.object({ participant: id(), presence: oneOf(presences), representedBy: optionalId() });
export const attendeeForm = z.object({
	id: id(),
	name: text(m.meetings_attendee_missing, 200),
	organisation: optionalId()
});
/** What a kind may be about, said in the same choice as the kind: « decision.funds ». The first topic is what the bare kind means. */
export const minutedTopics = kinds.flatMap((kind) =>
	(topics[kind] ?? []).slice(1).map((topic) => ({ kind, topic, value: `${kind}.${topic}` }))
);
const minutedKinds = [...kinds, ...minutedTopics.map(({ value }) => value)] as [string, ...string[]];

/** A line of the minutes: one sentence and a kind, under a point of the agenda or under none. */
export const minuteForm = writeForm
	.omit({ audience: true })
	.extend({ kind: oneOf(minutedKinds, m.lines_kind_missing), point: optionalId() })
	.transform(({ kind, topic, ...line }) => {
		const [bare, about] = kind.split('.') as [Kind, string | undefined];
		return { ...line, kind: bare, topic: about ?? topic };
	});
export type Minuted = z.output<typeof minuteForm>;

export const nothingForm = z.object({});
export const adoptForm = z.object({ inMeeting: optionalId(), actingFor: optionalId() });

export const organisationFeedForm = z.object({ organisation: id() });
export const feedForm = z.object({ id: id() });

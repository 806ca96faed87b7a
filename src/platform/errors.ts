/** What was asked for does not exist, or not for the one who asks: a 404. */
export class NotFound extends Error {}

/** The one who asks may not do this: a 403. */
export class Forbidden extends Error {}

/**
 * A rule said no. `code` names a message (dots and dashes become underscores: `meetings.poll-closed` is said by
 * `meetings_poll_closed`), `details` fill it in. The form shows it with what was typed.
 */
export class Refused extends Error {
	readonly code: string;
	readonly details: Record<string, string | number>;
	/** The field that it speaks of, when it speaks of one. */
	readonly field: string | null;

	constructor(code: string, details: Record<string, string | number> = {}, field: string | null = null) {
		super(code);
		this.code = code;
		this.details = details;
		this.field = field;
	}
}

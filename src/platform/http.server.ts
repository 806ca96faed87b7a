import fs from 'node:fs/promises';
import { Readable } from 'node:stream';
import { error, fail, isHttpError, isRedirect, redirect, type Cookies, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { m } from '#words';
import { administers, type Actor, type LinkBearer } from './actor.ts';
import { inTransaction, type Context } from './context.server.ts';
import { Forbidden, NotFound, Refused } from './errors.ts';
import { answerInWords } from './plain-page.ts';
import { receive, roomIn, type Received } from './received.server.ts';
import { database } from './running.server.ts';
import { say, sentence } from './say.ts';
import { cookie } from './session.server.ts';

/** Who may come through a door. */
export type Entrant = 'everyone' | 'by link' | 'signed in' | 'administrators';

/** What a form gets back when something must be mended: which form, what was typed, what is wrong where. */
export type Answer = {
	form: string;
	values: Record<string, string | string[]>;
	errors: Record<string, string>;
	message?: string;
	/** Facts that help to choose again, such as what another wrote in between. */
	details: Record<string, string | number>;
};

/** What the next page says has just happened. */
export type Flash = { state: 'fait' | 'alerte'; title: string };

type Params = Record<string, string>;
type Schema<I> = z.ZodType<I, unknown>;

const entrants = new WeakMap<object, Entrant>();
/** Who may come through this door; undefined for a function that isn't one. */
export const entrantOf = (handler: object): Entrant | undefined => entrants.get(handler);

/** An address with a sign of nothing in it, which no database takes, leads nowhere. */
const unreal = ({ params }: RequestEvent): boolean => Object.values(params).some((value) => value?.includes('\0'));

async function enter(event: RequestEvent, entrant: Entrant): Promise<Actor> {
	if (unreal(event)) throw new NotFound();
	const { actor, bearerOf } = event.locals;
	if (entrant === 'by link') {
		const bearer: LinkBearer | null = await bearerOf(event.params.token ?? '');
		if (!bearer) throw new NotFound('link');
		return bearer;
	}
	if (entrant === 'everyone') return actor;
	if (actor.is !== 'person') redirect(303, `/entrer?suite=${encodeURIComponent(event.url.pathname + event.url.search)}`);
	if (entrant === 'administrators' && !administers(actor)) throw new Forbidden();
	return actor;
}

function translate(problem: unknown): never {
	if (isHttpError(problem) || isRedirect(problem)) throw problem;
	if (problem instanceof NotFound) error(404, problem.message === 'link' ? m.shell_link_unknown() : m.shell_not_found());
	if (problem instanceof Forbidden) error(403, m.shell_forbidden());
	if (problem instanceof Refused) error(422, say(problem));
	throw problem;
}

/** A constraint that has a sentence in the messages is a refusal; any other is a fault of ours. */
export function refusalOf(problem: unknown): Refused | null {
	if (problem instanceof Refused) return problem;
	const { constraint } = problem as { constraint?: string };
	return constraint && sentence(`constraint_${constraint}`) ? new Refused(`constraint_${constraint}`) : null;
}

/** Shows something, in a read-only transaction. */
export function page<P extends Params, T extends object>(
	entrant: Entrant,
	show: (context: Context, params: P, url: URL, visit: Pick<Visit, 'draft'>) => Promise<T>
) {
	const load = async (event: RequestEvent): Promise<T> => {
		try {
			const actor = await enter(event, entrant);
			return await inTransaction(database(), { actor, now: new Date(), mode: 'read' }, (context) =>
				show(context, event.params as P, event.url, { draft: event.cookies.get('draft') ?? null })
			);
		} catch (problem) {
			return translate(problem);
		}
	};
	entrants.set(load, entrant);
	return load;
}

/** Repeated names become lists; files stay files. */
function typedIn(data: FormData): Record<string, FormDataEntryValue | FormDataEntryValue[]> {
	const typed: Record<string, FormDataEntryValue | FormDataEntryValue[]> = {};
	for (const name of new Set(data.keys())) {
		const values = data.getAll(name);
		typed[name] = values.length > 1 ? values : values[0]!;
	}
	return typed;
}

/** What the page may show again: neither passwords nor files. */
function kept(typed: Record<string, unknown>): Answer['values'] {
	const safe: Answer['values'] = {};
	for (const [name, value] of Object.entries(typed)) {
		if (name.startsWith('password')) continue;
		if (typeof value === 'string') safe[name] = value;
		else if (Array.isArray(value)) safe[name] = value.filter((one) => typeof one === 'string');
	}
	return safe;
}

/** What a form sent; a body that is no form is a request that nobody understands, not a fault of ours. */
const sentTo = (event: RequestEvent): Promise<FormData> =>
	event.request.formData().catch((problem: unknown) => {
		if (problem instanceof TypeError) error(400, m.shell_refused_title());
		throw problem;
	});

/** A session has ended while somebody typed: what they sent waits for them to enter again. */
async function waitForEntry(event: RequestEvent, address: string): Promise<void> {
	const fields = kept(typedIn(await sentTo(event)));
	if (!Object.values(fields).some((value) => [value].flat().some((one) => one.trim()))) return;
	const token = await event.locals.drafts.saveLost(address, fields);
	if (!token) return;
	event.cookies.set('draft', token, { ...cookie(), maxAge: 86_400 });
	flash(event.cookies, { state: 'alerte', title: m.forms_waits_for_you() });
	redirect(303, '/entrer?suite=/compte/brouillons');
}

/** Where a request comes from: needed by sign-in and by drafts, and by nothing else. */
export type Visit = {
	network: string;
	session: string | null;
	/** The secret under which this browser kept what was typed when a session had ended. */
	draft: string | null;
};

export type Afterwards<T, P> = {
	/** Where to go next; the same page when left out. */
	to?: (result: T, params: P) => string;
	/** What to say there. */
	say?: (result: T) => string | null;
	cookies?: (result: T, cookies: Cookies) => void;
	/** The job that finishes it, once it is committed. */
	wake?: string;
	/** Runs and is committed before the action itself: what a refusal's rollback must not erase. */
	apart?: (context: Context, input: { network: string; typed: Record<string, unknown> }) => Promise<void>;
};

export const flash = (cookies: Cookies, it: Flash) => cookies.set('flash', JSON.stringify(it), { ...cookie(), maxAge: 60 });

/** What the page before wanted said, once; a forged cookie says nothing. */
export function takeFlash(cookies: Cookies): Flash | null {
	const said = cookies.get('flash');
	if (said === undefined) return null;
	cookies.delete('flash', cookie());
	try {
		const { state, title } = JSON.parse(said) as Flash;
		return (state === 'fait' || state === 'alerte') && typeof title === 'string' ? { state, title } : null;
	} catch {
		return null;
	}
}

/**
 * Does something that a form asked for, in one transaction, then goes on with a 303. What is wrong is shown on the form, with
 * what was typed. The route's parameters are given apart from the form, so that no field can stand in for them.
 */
export function action<I, T, P extends Params>(
	entrant: Entrant,
	form: Schema<I>,
	act: (context: Context, input: I, params: P, visit: Visit) => Promise<T>,
	afterwards: Afterwards<T, P> = {}
) {
	const handler = async (event: RequestEvent) => {
		const name = [...event.url.searchParams.keys()].find((key) => key.startsWith('/'))?.slice(1) ?? 'default';
		let typed: Record<string, unknown> = {};
		try {
			const address = event.url.pathname + event.url.search;
			if (event.locals.actor.is !== 'person' && (entrant === 'signed in' || entrant === 'administrators'))
				await waitForEntry(event, address);
			const actor = await enter(event, entrant);
			typed = typedIn(await sentTo(event));
			const shownAgain = (message: string): Answer => ({ form: name, values: kept(typed), errors: {}, details: {}, message });
			if ('resume-draft' in typed) {
				delete typed['resume-draft'];
				return fail(422, shownAgain(m.forms_resumed()));
			}
			if ('keep-for-later' in typed && actor.is === 'person') {
				delete typed['keep-for-later'];
				if (!(await event.locals.drafts.keep(address, kept(typed)))) return fail(422, shownAgain(m.forms_not_kept_for_later()));
				flash(event.cookies, { state: 'fait', title: m.forms_kept_for_later() });
				return redirect(303, event.url.pathname);
			}
			const mend = (errors: Answer['errors'], message?: string, details: Answer['details'] = {}) =>
				fail(422, { form: name, values: kept(typed), errors, details, ...(message ? { message } : {}) } satisfies Answer);
			const visit: Visit = {
				network: event.getClientAddress(),
				session: event.cookies.get('session') ?? null,
				draft: event.cookies.get('draft') ?? null
			};
			const about = { actor, now: new Date(), mode: 'write' as const };
			let result: T;
			try {
				const { apart } = afterwards;
				if (apart) await inTransaction(database(), about, (context) => apart(context, { network: visit.network, typed }));
				const parsed = form.safeParse(typed);
				if (!parsed.success) {
					const errors: Answer['errors'] = {};
					for (const { path, message } of parsed.error.issues) errors[String(path[0] ?? '')] ??= message;
					return mend(errors);
				}
				result = await inTransaction(database(), about, (context) => act(context, parsed.data, event.params as P, visit));
			} catch (problem) {
				const refused = refusalOf(problem);
				if (!refused) throw problem;
				return refused.field
					? mend({ [refused.field]: say(refused) }, undefined, refused.details)
					: mend({}, say(refused), refused.details);
			}
			afterwards.cookies?.(result, event.cookies);
			if (actor.is === 'person') await event.locals.drafts.sent(address);
			const said = afterwards.say?.(result);
			if (said) flash(event.cookies, { state: 'fait', title: said });
			event.locals.committed(afterwards.wake);
			return redirect(303, afterwards.to?.(result, event.params as P) ?? event.url.pathname);
		} catch (problem) {
			return translate(problem);
		}
	};
	entrants.set(handler, entrant);
	return handler;
}

/** Why a file is not given: no page of ours surrounds it, so the words that help come with the refusal. */
function refuseFile(request: Request, problem: unknown): Response {
	if (problem instanceof NotFound)
		return problem.message === 'link'
			? answerInWords(request, 404, { title: m.shell_link_unknown(), advice: m.shell_lost_link() })
			: answerInWords(request, 404, { title: m.shell_lost_title(), advice: m.shell_lost_text() });
	if (problem instanceof Forbidden)
		return answerInWords(request, 403, { title: m.shell_forbidden_title(), advice: m.shell_forbidden_text() });
	if (problem instanceof Refused) return answerInWords(request, 422, { title: m.shell_refused_title(), advice: say(problem) });
	return translate(problem);
}

/** Answers with a file: a calendar, a PDF, a table. Reads only. */
export function endpoint<P extends Params>(
	entrant: Entrant,
	answer: (context: Context, params: P, event: RequestEvent) => Promise<Response>
) {
	const handler = async (event: RequestEvent): Promise<Response> => {
		try {
			const actor = await enter(event, entrant);
			return await inTransaction(database(), { actor, now: new Date(), mode: 'read' }, (context) =>
				answer(context, event.params as P, event)
			);
		} catch (problem) {
			return refuseFile(event.request, problem);
		}
	};
	entrants.set(handler, entrant);
	return handler;
}

/**
 * Takes a form whose file is too large for memory: once it is known who sends it, the file goes to the disk as it comes; then one
 * transaction, then a 303. What is wrong is said on the page that follows, with the fields that were sent in its address.
 */
export function upload<T, P extends Params>(
	entrant: Entrant,
	place: () => { folder: string; most: number },
	act: (context: Context, received: Received, params: P) => Promise<T>,
	afterwards: { to: string; say: (result: T) => string }
) {
	const handler = async (event: RequestEvent): Promise<Response> => {
		const next = (query = '') => new Response(null, { status: 303, headers: { location: afterwards.to + query } });
		try {
			const actor = await enter(event, entrant);
			const { folder, most } = place();
			const room = await roomIn(folder, most);
			// Our server hands over the request itself; elsewhere the body is what was parsed.
			const req = event.platform?.req;
			const body: AsyncIterable<Uint8Array> =
				req?.iterator({ destroyOnReturn: false }) ?? Readable.from(event.request.body ?? []);
			const type = event.request.headers.get('content-type') ?? '';
			let received: Received | null = null;
			try {
				// A browser reads the answer once it has sent all it has: what nobody wants is let go by.
				received = await receive(body, { type, folder, most: room }).finally(() => req?.resume());
				const whole = received;
				const result = await inTransaction(database(), { actor, now: new Date(), mode: 'write' }, (context) =>
					act(context, whole, event.params as P)
				);
				flash(event.cookies, { state: 'fait', title: afterwards.say(result) });
				return next();
			} catch (problem) {
				const refused = refusalOf(problem);
				if (received?.file) await fs.rm(received.file.path, { force: true });
				if (!refused) throw problem;
				flash(event.cookies, { state: 'alerte', title: say(refused) });
				const typed = Object.entries(received?.fields ?? {}).filter(([, value]) => value && value.length < 1000);
				return next(typed.length ? `?${new URLSearchParams(typed).toString()}` : '');
			}
		} catch (problem) {
			return refuseFile(event.request, problem);
		}
	};
	entrants.set(handler, entrant);
	return handler;
}

/** Reads something in a short transaction of its own. */
export type Ask = <T>(ask: (context: Context) => Promise<T>) => Promise<T>;

/**
 * Answers with a file that is written while it is read. Each of its parts is asked for in a transaction of its own, so that whoever
 * reads slowly, or stops, holds nothing.
 */
export function stream<P extends Params>(
	entrant: Entrant,
	answer: (ask: Ask, params: P, event: RequestEvent) => Promise<{ headers: Record<string, string>; parts: AsyncIterable<string> }>
) {
	const handler = async (event: RequestEvent): Promise<Response> => {
		try {
			const actor = await enter(event, entrant);
			const ask: Ask = (read) => inTransaction(database(), { actor, now: new Date(), mode: 'read' }, read);
			const { headers, parts } = await answer(ask, event.params as P, event);
			return new Response((Readable.toWeb(Readable.from(parts)) as ReadableStream<string>).pipeThrough(new TextEncoderStream()), {
				headers
			});
		} catch (problem) {
			return translate(problem);
		}
	};
	entrants.set(handler, entrant);
	return handler;
}

/** What surrounds a page: computed from who asks, without the database. A layout is never a gate. */
export function shell<T extends object>(surround: (actor: Actor, event: Pick<RequestEvent, 'url' | 'cookies'>) => T) {
	const load = ({ locals, url, cookies }: RequestEvent): T => surround(locals.actor, { url, cookies });
	entrants.set(load, 'everyone');
	return load;
}

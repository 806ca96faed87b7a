import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { findBearer } from '#modules/links/queries.server.ts';
import { findActorOfSession } from '#modules/hubs/queries.server.ts';
import { forgetSent, keepDraft, saveLost } from '#modules/drafts/commands.server.ts';
import { building } from '$app/env';
import { findOwnerOfSession } from '#modules/people/queries.server.ts';
import { stranger, type Actor } from '#platform/actor.ts';
import { inTransaction } from '#platform/context.server.ts';
import { startJobs, stopJobs, wake } from '#platform/jobs.server.ts';
import { closeDatabase, database } from '#platform/running.server.ts';
import { m } from '#words';
import { jobs } from './jobs.server.ts';

export const init: ServerInit = () => {
	if (building) return;
	startJobs(jobs, { url: process.env.DATABASE_URL!, db: database() });
	// Our server closes the door first; then the jobs and the pool.
	process.once('sveltekit:shutdown', () => stopJobs().finally(closeDatabase));
};

const actorOf = async (session: string | undefined): Promise<Actor> =>
	(session && (await findActorOfSession(database(), session, new Date()))) || stranger;

/** The only pages that search engines may keep. */
const forEveryone = new Set(['/', '/aide', '/accessibilite', '/donnees', '/logiciel', '/inspirer', '/projets']);
const isForEveryone = (path: string): boolean =>
	forEveryone.has(path) || path.startsWith('/inspirer/') || path.startsWith('/projets/');

export const handle: Handle = async ({ event, resolve }) => {
	event.locals.actor = await actorOf(event.cookies.get('session'));
	event.locals.bearerOf = (token) => findBearer(database(), token);
	const typing = { actor: event.locals.actor, now: new Date(), mode: 'write' } as const;
	event.locals.drafts = {
		keep: (address, fields) => inTransaction(database(), typing, (context) => keepDraft(context, { address, fields })),
		saveLost: async (address, fields) => {
			const ended = event.cookies.get('session');
			const owner = ended ? await findOwnerOfSession(database(), ended) : null;
			return inTransaction(database(), typing, (context) => saveLost(context, { address, fields }, owner));
		},
		sent: (address) =>
			inTransaction(database(), typing, (context) => forgetSent(context, address, event.cookies.get('draft') ?? null))
	};
	event.locals.committed = (job) => [job, 'deliver-mails'].forEach((name) => name && wake(name));
	const theme = event.cookies.get('theme');
	const response = await resolve(event, {
		transformPageChunk: ({ html }) => html.replace('%theme%', theme === 'light' || theme === 'dark' ? theme : 'system')
	});
	response.headers.set('x-content-type-options', 'nosniff');
	if (!isForEveryone(event.url.pathname)) response.headers.set('x-robots-tag', 'noindex, nofollow');
	response.headers.set('referrer-policy', 'same-origin');
	// a partner that takes its yes back takes the page away at once: it may be kept, never shown without asking
	if (isForEveryone(event.url.pathname) && event.locals.actor.is === 'stranger')
		response.headers.set('cache-control', 'private, no-cache');
	if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-store');
	return response;
};

/** What nobody foresaw: told on the terminal without what was typed, and to the person in plain words. A refusal has its own words. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
	if (kind === 'app') return;
	if (kind === 'framework' && error.status === 404) return { message: m.shell_not_found() };
	if (kind === 'framework' && error.status === 413) return { message: m.shell_too_big_title() };
	console.error(`${event.request.method} ${event.route.id ?? event.url.pathname}`, error);
	return { message: m.shell_broken_title() };
};

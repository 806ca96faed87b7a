import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { listBelongings } from '#modules/organisations/queries.server.ts';
import { findBearer } from '#modules/links/queries.server.ts';
import { findPersonOfSession } from '#modules/people/queries.server.ts';
import { hubsAmong } from '#modules/hubs/queries.server.ts';
import { building } from '$app/env';
import { stranger, type Actor } from '#platform/actor.ts';
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

async function actorOf(session: string | undefined): Promise<Actor> {
	if (!session) return stranger;
	const now = new Date();
	const person = await findPersonOfSession(database(), session, now);
	if (!person) return stranger;
	const belongings = await listBelongings(database(), person.id, now);
	const hubs = await hubsAmong(
		database(),
		belongings.map(({ organisationId }) => organisationId)
	);
	return { is: 'person', ...person, belongings, hubs };
}

/** The only pages that search engines may keep. */
const forEveryone = new Set(['/', '/aide', '/accessibilite', '/donnees', '/logiciel']);

export const handle: Handle = async ({ event, resolve }) => {
	event.locals.actor = await actorOf(event.cookies.get('session'));
	event.locals.bearerOf = (token) => findBearer(database(), token);
	event.locals.committed = () => wake('deliver-mails');
	const theme = event.cookies.get('theme');
	const response = await resolve(event, {
		transformPageChunk: ({ html }) => html.replace('%theme%', theme === 'light' || theme === 'dark' ? theme : 'system')
	});
	response.headers.set('x-content-type-options', 'nosniff');
	if (!forEveryone.has(event.url.pathname)) response.headers.set('x-robots-tag', 'noindex, nofollow');
	response.headers.set('referrer-policy', 'same-origin');
	if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-store');
	return response;
};

/** What nobody foresaw: told on the terminal without what was typed, and to the person in plain words. */
export const handleError: HandleServerError = ({ error, event }) => {
	console.error(`${event.request.method} ${event.route.id ?? event.url.pathname}`, error);
	return { message: m.shell_broken_title() };
};

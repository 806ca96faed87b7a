/// <reference types="vite/client" />
import { isHttpError, isRedirect, type RequestEvent } from '@sveltejs/kit';
import type { Actor } from '#platform/actor.ts';
import { stranger } from '#platform/actor.ts';

export type Handler = (event: RequestEvent) => unknown;
export type Form = Record<string, string | string[] | File>;

const routes = import.meta.glob<{ actions?: Record<string, Handler> } & Record<string, Handler>>(
	'../src/routes/**/+{page.server,server}.ts',
	{ eager: true }
);

/** Every door: the address, `load`, `GET` or the name of a form, and what answers there. */
export const doors = Object.entries(routes).flatMap(([file, { actions = {}, ...exports }]) => {
	const route = file.replace('../src/routes', '').replace(/\/\+(page\.)?server\.ts$/, '') || '/';
	return [...Object.entries(exports), ...Object.entries(actions).map(([name, it]) => [`?/${name}`, it] as const)]
		.filter(([, handler]) => typeof handler === 'function')
		.map(([name, handler]) => ({ route, name, handler: handler as Handler }));
});

/** What somebody meets who opens a door as a browser would: a page, a form that was done, or why not. */
export async function meets(
	actor: Actor,
	handler: Handler,
	params: Record<string, string>,
	form: Form | null,
	path: string
): Promise<string> {
	const body = new FormData();
	for (const [name, value] of Object.entries(form ?? {})) for (const one of [value].flat()) body.append(name, one);
	const url = new URL(path, 'http://localhost');
	const event = {
		locals: {
			actor: actor.is === 'link' ? stranger : actor,
			bearerOf: async () => (actor.is === 'link' ? actor : null),
			committed: () => {},
			drafts: { keep: async () => true, saveLost: async () => null, sent: async () => {} }
		},
		params,
		url,
		route: { id: path },
		cookies: { get: () => undefined, set: () => {}, delete: () => {} },
		setHeaders: () => {},
		getClientAddress: () => '127.0.0.1',
		request: new Request(url, form ? { method: 'POST', body } : {})
	} as unknown as RequestEvent;
	try {
		const answer = (await handler(event)) as
			{ status?: number; data?: { message?: string; errors?: object } } | Response | undefined;
		if (answer instanceof Response) {
			// A file may be written while it is read: to its end, so that nothing goes on behind.
			await answer.arrayBuffer();
			return String(answer.status);
		}
		return answer?.status === 422 ? '422' : 'opens';
	} catch (problem) {
		if (isRedirect(problem)) return problem.location.startsWith('/entrer?') ? 'sign in' : form ? 'done' : 'goes on';
		if (isHttpError(problem)) return String(problem.status);
		throw problem;
	}
}

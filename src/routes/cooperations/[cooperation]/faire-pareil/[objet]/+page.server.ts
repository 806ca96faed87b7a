import { mayTakePart, speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { takeUp } from '#modules/library/commands.server.ts';
import { dayIn, takeForm } from '#modules/library/forms.ts';
import { takesFor, takingsOf } from '#modules/library/queries.server.ts';
import { articlesOf, objectNamed, proposed, spanFrom } from '#modules/library/rules.ts';
import { steps, speakersHere } from '#modules/cooperations/rules.ts';
import { Forbidden, NotFound } from '#platform/errors.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { cooperation: string; objet: string };

export const load = page('signed in', async (context, { cooperation: at, objet }: Params, url) => {
	const cooperation = await findCooperation(context, at);
	const object = objectNamed(objet);
	if (!object) throw new NotFound();
	if (!mayTakePart(context.actor, cooperation)) throw new Forbidden();
	const own = takesFor(context, cooperation, url.searchParams.get('pour'));
	const speakers = speakersHere(context.actor, cooperation, speaksHereFor(context.actor, cooperation));
	const takings = await takingsOf(context.db, cooperation.id, object.id, own ? [own] : []);
	const taken = new Map(takings.map(({ proposal, line }) => [proposal, line]));
	const span = spanFrom(object, dayIn(url, 'jour'), dayIn(url, 'fin'));
	const lines = proposed(object, span);
	const left = lines.filter(({ id }) => !taken.has(id));
	return {
		cooperation,
		object: { id: object.id, name: object.name, title: object.title, line: object.line },
		span,
		own,
		ownName: speakers.find(({ value }) => value === own)?.name ?? '',
		speakers,
		/** The days that were chosen stay in the address of the form, so that a refusal shows the same page. */
		query: url.searchParams
			.entries()
			.filter(([name]) => ['jour', 'fin', 'pour'].includes(name))
			.map(([name, value]) => `&${name}=${encodeURIComponent(value)}`)
			.toArray()
			.join(''),
		groups: steps
			.map((step) => ({ step, lines: left.filter((line) => line.step === step) }))
			.filter((group) => group.lines.length),
		taken: lines.flatMap(({ id, text }) => (taken.has(id) ? [{ id, text, line: taken.get(id)! }] : [])),
		articles: articlesOf(object)
	};
});

export const actions = {
	take: action(
		'signed in',
		takeForm,
		async (context, input, { cooperation, objet }: Params) => {
			const { id, path } = await findCooperation(context, cooperation);
			return { path, n: await takeUp(context, id, objet, input) };
		},
		{ to: ({ path }) => path, say: ({ n }) => (n ? m.library_taken({ n }) : m.library_taken_before()) }
	)
};

import { durationKinds } from '#content/stages/durations.ts';
import { listAroundObject } from '#modules/cooperations/origin/queries.server.ts';
import { listWhereToTake } from '#modules/library/queries.server.ts';
import { articlesOf, objectNamed, proposed } from '#modules/library/rules.ts';
import { kinds } from '#modules/lines/rules.ts';
import { NotFound } from '#platform/errors.ts';
import { page } from '#platform/http.server.ts';

export const load = page('everyone', async (context, { objet }: { objet: string }) => {
	const object = objectNamed(objet);
	if (!object) throw new NotFound();
	const { id, name, title, line, size, needs, steps, projects, territories } = object;
	const signedIn = context.actor.is === 'person';
	const lines = proposed(object, null);
	return {
		object: { id, name, title, line, size, needs, steps, projects, territories },
		usual: durationKinds.find((kind) => kind.id === object.kind)!.overall,
		articles: articlesOf(object),
		groups: kinds
			.map((kind) => ({ kind, lines: lines.filter((one) => one.kind === kind).map(({ text, said }) => ({ text, said })) }))
			.filter((group) => group.lines.length),
		signedIn,
		where: signedIn ? await listWhereToTake(context) : [],
		around: signedIn ? await listAroundObject(context, id) : []
	};
});

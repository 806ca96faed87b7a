import { checkDraw, findDraw } from '#modules/draws/queries.server.ts';
import { NotFound } from '#platform/errors.ts';
import { endpoint } from '#platform/http.server.ts';

type Params = { organisation: string; draw: string };

/** What it takes to make the draw again elsewhere: the list in its order, the pairs of earlier events, the seed and its digest. */
export const GET = endpoint('signed in', async (context, params: Params) => {
	const draw = await findDraw(context, params.draw);
	const check = checkDraw(draw);
	if (!check) throw new NotFound();
	const file = {
		digest: draw.digest,
		seed: draw.seed,
		list: check.list,
		earlier: check.earlier,
		pairs: draw.pairs.map(({ presenter, presented }) => [presenter.code, presented.code])
	};
	return new Response(JSON.stringify(file, null, '\t'), {
		headers: { 'content-type': 'application/json', 'content-disposition': `attachment; filename="tirage-${draw.code}.json"` }
	});
});

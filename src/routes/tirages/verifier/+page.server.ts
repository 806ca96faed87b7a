import { againIn, mostAgain } from '#modules/draws/forms.ts';
import { drawAgain, fewest } from '#modules/draws/rules.ts';
import { page } from '#platform/http.server.ts';

/** Makes a draw again from what was published of it, for anybody: nothing is read here but the address. */
export const load = page('everyone', async (_context, _params, url) => {
	const asked = againIn(url);
	const ready = asked.seed !== '' && asked.list.length >= fewest && asked.list.length <= mostAgain;
	return { asked, most: mostAgain, tooLong: asked.list.length > mostAgain, again: ready ? drawAgain(asked) : null };
});

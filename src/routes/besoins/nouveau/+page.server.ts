import { findLine } from '#modules/lines/queries.server.ts';
import { sayNeed } from '#modules/needs/commands.server.ts';
import { sayForm } from '#modules/needs/forms.ts';
import { listSpeakable } from '#modules/needs/queries.server.ts';
import { z } from '#platform/forms.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

export const load = page('signed in', async (context, _params, url) => {
	const asked = url.searchParams.get('ligne') ?? '';
	const line = z.uuid().safeParse(asked).success ? (await findLine(context, asked)).line : null;
	return {
		id: newId(),
		/** The need of a cooperation from which one looks elsewhere. */
		line: line?.kind === 'need' ? { id: line.root, text: line.text } : null,
		side: url.searchParams.get('sens') === 'offre' ? ('offer' as const) : ('need' as const),
		asked: url.searchParams.get('pour'),
		speakers: await listSpeakable(context)
	};
});

export const actions = {
	default: action('signed in', sayForm, sayNeed, { to: (path) => path, say: () => m.needs_said() })
};

import { importTerritories } from '#modules/territories/commands.server.ts';
import { importForm } from '#modules/territories/forms.ts';
import { listImports } from '#modules/territories/queries/areas.server.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

export const load = page('administrators', async (context) => ({ imports: await listImports(context.db) }));

export const actions = {
	import: action('administrators', importForm, importTerritories, {
		say: ({ rows, refused, lines, gone }) =>
			[
				refused
					? m.territories_imported_but({ n: rows.toLocaleString('fr-FR'), refused, lines: lines.join(', ') })
					: m.territories_imported({ n: rows, count: rows.toLocaleString('fr-FR') }),
				...(gone ? [m.territories_imported_gone({ n: gone })] : [])
			].join(' ')
	})
};

import { countedThemes, objectsOf } from '#modules/library/rules.ts';
import { page } from '#platform/http.server.ts';

export const load = page('everyone', async (_context, _params, url) => {
	const { theme, shown } = objectsOf(url.searchParams.get('theme'));
	return {
		theme,
		themes: countedThemes(),
		objects: shown.map(({ id, name, title, line, projects, territories }) => ({
			id,
			name,
			title,
			line,
			doers: [...projects, ...territories].slice(0, 3).map(({ who }) => who)
		}))
	};
});

import { shell, takeFlash } from '#platform/http.server.ts';
import { settings } from '#platform/running.server.ts';
import { m } from '#words';
import { initialsOf } from '#modules/people/rules.ts';
import { roleIn } from '#modules/organisations/rules/mandates.ts';
import type { Shell } from '#ui/shell.ts';

/** What surrounds every page. Reads nothing but who asks: a layout is never a gate. */
export const load = shell((actor, { url, cookies }): { shell: Shell } => {
	const theme = cookies.get('theme');
	const signedIn = actor.is === 'person';
	const entry = (href: string, label: string, icon: Shell['menu'][number]['icon']) => ({
		href,
		label,
		icon,
		current: href === '/' ? url.pathname === '/' : url.pathname.startsWith(href)
	});
	return {
		shell: {
			person: signedIn ? { name: actor.name, initials: initialsOf(actor.name) } : null,
			menu: signedIn
				? [
						entry('/', m.shell_menu_home(), 'home'),
						entry('/cooperations', m.shell_menu_cooperations(), 'blocks'),
						entry('/structures', m.shell_menu_directory(), 'directory'),
						entry('/inspirer', m.library_menu(), 'idea'),
						...(actor.hubs.length ? [entry('/maison', m.hubs_mine(), 'phone')] : [])
					]
				: [],
			organisations: signedIn ? actor.belongings.map((one) => ({ href: one.path, label: one.name, role: roleIn(one) })) : [],
			account: signedIn
				? [
						{ href: '/compte', label: m.shell_my_account() },
						{ href: '/compte/brouillons', label: m.drafts() },
						{ href: '/compte/vues', label: m.saved_mine() },
						{ href: '/compte/agendas', label: m.meetings_feeds_menu() },
						...(actor.administrator ? [{ href: '/administration', label: m.administration() }] : [])
					]
				: [],
			foot: {
				keeper: settings().keeper,
				phone: settings().phone,
				links: [
					...(signedIn ? [] : [{ href: '/structures', label: m.shell_menu_directory() }]),
					{ href: '/accessibilite', label: m.shell_foot_accessibility() },
					{ href: '/donnees', label: m.shell_foot_data() },
					{ href: '/logiciel', label: m.shell_foot_software() }
				]
			},
			flash: takeFlash(cookies),
			theme: theme === 'light' || theme === 'dark' ? theme : 'system'
		}
	};
});

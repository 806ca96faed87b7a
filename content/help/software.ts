import { topic, type Topic } from './topic.ts';

/** What the program is, whose it is, and on what it stands. The whole list is ATTRIBUTIONS.md. */
export const softwareTopics: readonly Topic[] = [
	topic('libre', 'Un logiciel libre', [
		{
			text: 'Ensemblier appartient à qui s’en sert. Vous pouvez l’utiliser, le lire, le changer et le donner, sous la licence GNU AGPL, version 3 ou suivante. Qui le change et l’ouvre à d’autres leur en donne le texte.'
		},
		{ text: 'Ses contenus (articles de convention, calendriers, aide) sont sous licence Creative Commons BY-SA 4.0.' }
	]),
	topic('lettres', 'Lettres et dessins', [
		{
			list: ['Bricolage Grotesque et Atkinson Hyperlegible Next, licence SIL Open Font 1.1.', 'Icônes Lucide, licence ISC.']
		}
	]),
	topic('sources', 'Données', [
		{
			list: [
				'Communes françaises : Code officiel géographique (INSEE), mis en forme par Etalab, Licence Ouverte.',
				'Fuseaux horaires : base de données IANA, domaine public.'
			]
		}
	]),
	topic('pieces', 'Logiciels dont il est fait', [
		{
			text: 'SvelteKit, Svelte et Vite (MIT), PostgreSQL (licence PostgreSQL), Kysely, node-postgres et pg-boss (MIT), Typst (Apache 2.0), Paraglide et zod (MIT), nodemailer (MIT-0), ical.js (MPL 2.0), et d’autres que le fichier ATTRIBUTIONS.md nomme.'
		}
	])
];

import type { Item } from '../item.ts';

export const preceptIds = ['meetings', 'modesty', 'governance', 'contacts', 'public-partners'] as const;
export type PreceptId = (typeof preceptIds)[number];

/** What whoever accompanies can recall, with sentences that are ready and can be edited before they are sent. */
export type Precept = Item & { id: PreceptId; label: string; why: string; sentences: readonly string[] };

function precept(id: PreceptId, label: string, why: string, sentences: readonly string[]): Precept {
	return {
		id,
		label,
		why,
		sentences,
		language: 'fr',
		jurisdiction: 'any',
		version: 1,
		source:
			'Les cinq préceptes du vade-mecum de la personne qui accompagne, tirés d’une recherche-action sur les coopérations entre associations. Les phrases sont de ce projet.'
	};
}

/** The five precepts of the vade-mecum. */
export const precepts: readonly Precept[] = [
	precept('meetings', 'Se voir plus souvent', 'La confiance vient du temps passé ensemble, plus que des textes.', [
		'Fixez dès maintenant votre prochaine rencontre, même courte : une heure suffit pour savoir où chacun en est.',
		'Retrouvez-vous une fois chez chaque partenaire. On comprend mieux une structure quand on a vu ses murs.',
		'Gardez un moment sans ordre du jour à la fin de la réunion : c’est là que l’on se connaît.'
	]),
	precept('modesty', 'Avancer à petits pas', 'Une première réussite modeste donne envie de la suivante.', [
		'Choisissez une première action que vous pouvez finir en trois mois. Le reste viendra après.',
		'Vous portez beaucoup d’objectifs. Gardez-en deux pour cette année, et notez les autres pour plus tard.',
		'Cette phase dure : ce n’est pas une faute. Dites ensemble ce que vous pouvez laisser, ou faites une pause.'
	]),
	precept('governance', 'Dire qui décide', 'Les désaccords viennent souvent de ce que personne n’a dit qui décide quoi.', [
		'Écrivez en trois lignes qui décide de quoi, et comment. Vous pourrez le changer.',
		'Plusieurs façons de décider existent : à l’unanimité, à la majorité, ou chacun dans son domaine. Parlez-en à la prochaine réunion.',
		'Confiez l’animation de la prochaine réunion à un autre partenaire que d’habitude.'
	]),
	precept('contacts', 'Ouvrir le cercle', 'Un réseau, une ressource ou un appel à projets débloque parfois ce qui attend.', [
		'Une autre structure du territoire a mené une action semblable. Appelez-nous, nous vous mettrons en relation.',
		'Regardez dans l’annuaire qui pourrait vous prêter ce qui vous manque, avant de l’acheter.',
		'Un appel à projets peut vous convenir. Appelez-nous avant d’écrire le dossier.'
	]),
	precept(
		'public-partners',
		'Donner leur place aux partenaires publics',
		'Une commune ou une école aide mieux quand sa place est dite : toute sa place, et seulement la sienne.',
		[
			'Prévenez la mairie maintenant, avant d’avoir besoin d’elle. Dites-lui ce que vous attendez, et ce que vous gardez.',
			'Écrivez avec votre partenaire public ce qu’il apporte et ce qu’il ne décide pas.',
			'Invitez une personne élue à voir l’action, plutôt qu’à la réunion qui la prépare.'
		]
	)
];

import type { AddresseeKind, Argument, View } from './argument.ts';

type Said = [id: string, view: View, text: string, usual?: 'usual'];

const of = (addressee: AddresseeKind, all: readonly Said[]): Argument[] =>
	all.map(([id, view, text, usual]) => ({
		id: `${addressee}-${id}`,
		language: 'fr',
		jurisdiction: 'any',
		version: 1,
		source:
			'Quatre points de vue d’une grille de terrain : publics, professionnels, action, institution. Les phrases et leur ordre sont les nôtres.',
		for: addressee,
		view,
		text,
		usual: usual === 'usual'
	}));

/** What each kind of addressee gains, in the order in which it would ask: what is nearest to it comes first. */
export const reasonsToCooperate: readonly Argument[] = [
	...of('board', [
		['further', 'action', 'Une action plus grande et plus visible que celle qu’une structure mène seule.', 'usual'],
		['shared', 'action', 'Des moyens mis en commun : une salle, du matériel, des mains, au lieu de tout payer.', 'usual'],
		['new-people', 'audiences', 'Vos adhérents découvrent d’autres lieux, et de nouvelles personnes vous découvrent.', 'usual'],
		['learning', 'professionals', 'Vos bénévoles et vos salariés apprennent avec d’autres, en faisant.', 'usual'],
		['known', 'institution', 'La commune, vos pairs et les financeurs vous voient travailler avec d’autres.'],
		['heart', 'professionals', 'Faire du neuf à plusieurs redonne envie à ceux qui portent tout.'],
		['heard', 'audiences', 'À plusieurs, ce que vivent vos publics est mieux entendu.'],
		['written', 'institution', 'Ce que chacun donne est écrit : votre structure sait jusqu’où elle s’engage.']
	]),
	...of('town', [
		['near', 'audiences', 'Les habitants trouvent près de chez eux une offre qui n’existait pas.', 'usual'],
		['mixed', 'audiences', 'Des habitants qui ne se croisent jamais font quelque chose ensemble.', 'usual'],
		[
			'one',
			'institution',
			'Plusieurs associations parlent d’une même voix : la commune a un projet devant elle, et non dix demandes.',
			'usual'
		],
		['savings', 'institution', 'Salles, matériel et transports sont partagés : l’argent public va plus loin.', 'usual'],
		['rooted', 'action', 'L’action part du terrain et dure au-delà d’une saison.'],
		['seen', 'institution', 'La commune est citée à sa place, parmi celles et ceux qui rendent l’action possible.'],
		['gaps', 'professionals', 'Les associations connaissent mieux le territoire, et repèrent ce qui y manque.'],
		['daring', 'action', 'À plusieurs, on ose ce qu’aucune association n’oserait seule.']
	]),
	...of('company', [
		[
			'visible',
			'institution',
			'Votre nom est associé à une action utile et visible, là où vivent vos salariés et vos clients.',
			'usual'
		],
		['serious', 'action', 'Plusieurs associations répondent de l’action : elle est mieux pensée et plus solide.', 'usual'],
		['staff', 'professionals', 'Vos salariés peuvent y donner un coup de main et rencontrer d’autres métiers.', 'usual'],
		['goods', 'action', 'Un prêt de salle, de matériel ou de savoir-faire compte autant que de l’argent.', 'usual'],
		['reach', 'audiences', 'L’action touche des personnes de tous âges, que chacun de nous ne toucherait pas seul.'],
		['measured', 'institution', 'Ce qui est fait est compté et vous est rendu, en une page.'],
		['local', 'audiences', 'Le quartier où vous travaillez devient plus vivant.'],
		['ideas', 'professionals', 'Travailler avec des associations apporte des idées que l’on n’a pas entre soi.']
	]),
	...of('school', [
		['pupils', 'audiences', 'Les élèves accèdent à des pratiques, à des lieux et à des personnes nouvelles.', 'usual'],
		['doing', 'audiences', 'Ils n’assistent pas seulement : ils prennent part, et montrent ce qu’ils ont fait.', 'usual'],
		[
			'crossed',
			'professionals',
			'Les enseignants et les associations croisent leurs métiers et apprennent les uns des autres.',
			'usual'
		],
		[
			'prepared',
			'action',
			'L’action est préparée à plusieurs, avec des dates fixées tôt et compatibles avec les cours.',
			'usual'
		],
		['families', 'audiences', 'Les familles viennent, y compris celles que l’on voit peu.'],
		['lasting', 'action', 'Le lien avec les associations reste après l’action.'],
		['project', 'institution', 'L’établissement s’ouvre sur son quartier, comme son projet le demande.'],
		['logistics', 'institution', 'Les partenaires s’occupent de l’intendance : lieux, matériel, trajets.']
	]),
	...of('foundation', [
		['effect', 'action', 'Un même don soutient plusieurs associations et une action qu’aucune ne mènerait seule.', 'usual'],
		['public', 'audiences', 'L’action touche des publics mêlés, dont des personnes que l’on n’entend pas souvent.', 'usual'],
		['measured', 'institution', 'Ce qui est visé est écrit, ce qui est fait est mesuré, et vous le lisez.', 'usual'],
		['governed', 'institution', 'Qui décide, qui tient l’argent et qui fait quoi est écrit entre les partenaires.', 'usual'],
		['power', 'audiences', 'Les personnes concernées prennent part et pèsent sur ce qui est fait.'],
		['skills', 'professionals', 'Les équipes gagnent des savoir-faire qui restent après votre soutien.'],
		['lasting', 'action', 'L’action s’appuie sur des moyens partagés : elle dure mieux.'],
		['new', 'action', 'L’action essaie quelque chose de neuf, et dit ce qu’elle en apprend.']
	])
];

import type { Vigilance } from './dimension.ts';

function advice(of: Omit<Vigilance, 'language' | 'jurisdiction' | 'version' | 'source'>): Vigilance {
	return {
		...of,
		language: 'fr',
		jurisdiction: 'any',
		version: 1,
		source: 'Facteurs de réussite et points de vigilance d’un guide de terrain de 2011, dits avec nos mots.'
	};
}

/** What helps a cooperation and what it should watch: read again each time that partners take stock. Advice, never a lock. */
export const vigilance: readonly Vigilance[] = [
	advice({
		id: 'have-content',
		text: 'Ayez un sujet, et dites-le en une phrase.',
		why: 'Ce qui est précis rassemble ; ce qui est vague occupe des réunions.',
		dimensions: ['objectives', 'vision'],
		steps: ['define']
	}),
	advice({
		id: 'not-every-opportunity',
		text: 'Toute occasion n’est pas bonne à prendre.',
		why: 'Trop lourde ou trop rapide, elle use les partenaires avant de les réunir.',
		dimensions: ['time', 'funding'],
		steps: ['define']
	}),
	advice({
		id: 'meet-first',
		text: 'Prenez le temps de vous rencontrer.',
		why: 'La confiance vient avant le projet, et elle prend du temps.',
		dimensions: ['communication', 'knowledge', 'human'],
		steps: ['define']
	}),
	advice({
		id: 'name-power',
		text: 'Nommez les enjeux de pouvoir.',
		why: 'Sommes-nous capables de partager la décision ? Mieux vaut le savoir tôt.',
		dimensions: ['power', 'mandate'],
		steps: ['define', 'clarify']
	}),
	advice({
		id: 'know-the-limit',
		text: 'Soyez volontaires, et connaissez votre limite.',
		why: 'Chaque niveau a la sienne : bénévoles, bureau, salariés.',
		dimensions: ['realities', 'time'],
		steps: ['clarify']
	}),
	advice({
		id: 'shared-stake',
		text: 'Vérifiez que l’enjeu est accepté par tous.',
		why: 'Une ambition claire se relit sans explication.',
		dimensions: ['objectives', 'vision'],
		steps: ['clarify']
	}),
	advice({
		id: 'adapt',
		text: 'Adaptez, ne copiez pas.',
		why: 'Ce qui a marché ailleurs tenait à des gens et à un lieu.',
		dimensions: ['knowledge', 'functioning'],
		steps: ['plan']
	}),
	advice({
		id: 'tell-commitments',
		text: 'Dites à chacun à quoi il s’engage.',
		why: 'Avant qu’il accepte : les heures, l’argent, le nom.',
		dimensions: ['mandate', 'functioning'],
		steps: ['clarify', 'plan']
	}),
	advice({
		id: 'every-level',
		text: 'Réunissez tous les niveaux utiles, chacun à sa place.',
		why: 'Des techniciens seuls ne peuvent pas engager ; des élus seuls ne peuvent pas faire.',
		dimensions: ['mandate', 'power'],
		steps: ['plan']
	}),
	advice({
		id: 'ask-levels-again',
		text: 'Redemandez-vous si les bonnes personnes sont là.',
		why: 'Un projet change, et ceux qu’il concerne aussi.',
		dimensions: ['mandate', 'human'],
		steps: ['plan', 'evaluate']
	}),
	advice({
		id: 'learn-from-failure',
		text: 'Apprenez de ce qui a raté.',
		why: 'Un échec raconté évite le suivant, chez vous et chez d’autres.',
		dimensions: ['evaluation', 'knowledge'],
		steps: ['evaluate']
	}),
	advice({
		id: 'beware-habit',
		text: 'Méfiez-vous de l’habitude.',
		why: 'Ce que l’on refait sans se demander pourquoi perd son sens.',
		dimensions: ['human', 'vision'],
		steps: ['evaluate']
	}),
	advice({
		id: 'ask-legitimacy',
		text: 'Demandez-vous si coopérer est ici la bonne façon.',
		why: 'Parfois une aide, un prêt ou un simple échange suffit. Parfois aussi, il faut vérifier que c’est permis.',
		dimensions: ['objectives', 'power'],
		steps: ['define', 'evaluate']
	}),
	advice({
		id: 'a-trigger',
		text: 'Gardez en vue ce qui vous a fait commencer.',
		why: 'Une étude, une occasion, des gens qui se parlaient déjà : c’est ce qui relance.',
		dimensions: ['human', 'objectives'],
		steps: ['plan']
	}),
	advice({
		id: 'write-responsibilities',
		text: 'Écrivez les responsabilités.',
		why: 'Une organisation qui laisse participer a besoin d’écrit, pas de chefs.',
		dimensions: ['functioning', 'power'],
		steps: ['clarify']
	}),
	advice({
		id: 'measure-relations',
		text: 'Regardez aussi les liens qui se créent.',
		why: 'Ils comptent autant que le nombre d’entrées, et personne ne les verra à votre place.',
		dimensions: ['evaluation'],
		steps: ['evaluate']
	}),
	advice({
		id: 'neutral-person',
		text: 'Appelez quelqu’un d’extérieur et de neutre.',
		why: 'Une personne qui relie voit ce que les partenaires n’osent plus dire.',
		dimensions: ['communication', 'power', 'human'],
		steps: ['plan']
	})
];

/*
 * What a code of a public register means: facts, as those who publish them call them, in ordinary French letters. Only the codes
 * that the directory meets; an administrator brings a whole list where it is wanted.
 */

/** Legal forms of SIRENE (INSEE, « Catégories juridiques », niveau III, septembre 2022; Licence Ouverte). */
export const sireneForms: Readonly<Record<string, string>> = {
	'7210': 'Commune',
	'7220': 'Département',
	'7225': 'Collectivité et territoire d’outre-mer',
	'7229': 'Autre collectivité territoriale',
	'7230': 'Région',
	'7331': 'Établissement public local d’enseignement',
	'7340': 'Pôle métropolitain',
	'7343': 'Communauté urbaine',
	'7344': 'Métropole',
	'7345': 'Syndicat intercommunal à vocation multiple',
	'7346': 'Communauté de communes',
	'7348': 'Communauté d’agglomération',
	'7351': 'Institution interdépartementale ou entente',
	'7352': 'Institution interrégionale ou entente',
	'7353': 'Syndicat intercommunal à vocation unique',
	'7354': 'Syndicat mixte fermé',
	'7355': 'Syndicat mixte ouvert',
	'7357': 'Pôle d’équilibre territorial et rural',
	'7361': 'Centre communal d’action sociale',
	'7362': 'Caisse des écoles',
	'7364': 'Établissement d’hospitalisation',
	'7366': 'Établissement public local social et médico-social',
	'7367': 'Centre intercommunal d’action sociale',
	'7371': 'Office public d’habitation à loyer modéré',
	'7372': 'Service départemental d’incendie et de secours',
	'7373': 'Établissement public local culturel',
	'7378': 'Régie d’une collectivité locale à caractère administratif',
	'7379': 'Autre établissement public administratif local',
	'7384': 'Autre établissement public national d’enseignement',
	'7389': 'Établissement public national à caractère administratif',
	'7410': 'Groupement d’intérêt public',
	'9210': 'Association non déclarée',
	'9220': 'Association déclarée',
	'9221': 'Association déclarée d’insertion par l’économique',
	'9222': 'Association intermédiaire',
	'9223': 'Groupement d’employeurs',
	'9230': 'Association déclarée, reconnue d’utilité publique',
	'9240': 'Congrégation',
	'9260': 'Association de droit local (Bas-Rhin, Haut-Rhin et Moselle)',
	'9300': 'Fondation'
};

/** Legal forms of the Banque-Carrefour (SPF Économie, code.csv, table « JuridicalForm »); a file that is read brings its own words. */
export const belgianForms: Readonly<Record<string, string>> = {
	'017': 'Association sans but lucratif',
	'018': 'Établissement d’utilité publique',
	'019': 'Mutualité',
	'020': 'Union professionnelle',
	'023': 'Association étrangère de droit privé',
	'026': 'Fondation privée',
	'028': 'Institution sans but lucratif',
	'029': 'Fondation d’utilité publique',
	'117': 'Association sans but lucratif de droit public',
	'124': 'Établissement public',
	'125': 'Association internationale sans but lucratif',
	'126': 'Centre public d’action sociale',
	'217': 'Parti politique européen',
	'218': 'Fondation politique européenne',
	'325': 'Association internationale sans but lucratif de droit public',
	'400': 'Autorité provinciale',
	'411': 'Ville ou commune',
	'412': 'Centre public d’action sociale'
};

/** What an association is for the register of associations (ministère de l’Intérieur, RNA, colonne « nature »; Licence Ouverte). */
export const rnaNatures: Readonly<Record<string, string>> = {
	A: 'Association d’assistance',
	B: 'Association de bienfaisance',
	D: 'Association simplement déclarée',
	G: 'Association d’intérêt général',
	M: 'Association de recherche médicale',
	R: 'Association reconnue d’utilité publique',
	S: 'Association de recherche scientifique',
	U: 'Association cultuelle'
};

/** Whether it groups others (RNA, colonne « groupement »); a simple one says nothing. */
export const rnaGroups: Readonly<Record<string, string>> = { U: 'Union d’associations', F: 'Fédération d’associations' };

/** The families of purposes, by the first three figures of a code (RNA, nomenclature « objet social »; Licence Ouverte). */
export const rnaPurposes: Readonly<Record<string, string>> = {
	'001': 'Activités politiques',
	'002': 'Clubs et cercles de réflexion',
	'003': 'Défense de droits fondamentaux, activités civiques',
	'004': 'Justice',
	'005': 'Information, communication',
	'006': 'Culture, pratiques artistiques et culturelles',
	'007': 'Clubs de loisirs, relations',
	'009': 'Action socioculturelle',
	'010': 'Préservation du patrimoine',
	'011': 'Sports, activités de plein air',
	'013': 'Chasse et pêche',
	'014': 'Amicales, groupements affinitaires, entraide',
	'015': 'Éducation, formation',
	'016': 'Recherche',
	'017': 'Santé',
	'018': 'Services et établissements médico-sociaux',
	'019': 'Interventions sociales',
	'020': 'Aide humanitaire, aide au développement, bénévolat',
	'021': 'Services aux familles et aux personnes âgées',
	'022': 'Activités économiques',
	'023': 'Défense d’intérêts économiques',
	'024': 'Environnement, cadre de vie',
	'030': 'Aide à l’emploi, développement local, solidarités économiques',
	'032': 'Logement',
	'034': 'Tourisme',
	'036': 'Sécurité, protection civile',
	'038': 'Armée, préparation militaire',
	'040': 'Activités religieuses, spirituelles ou philosophiques',
	'050': 'Domaines divers'
};

/** Classes of staff (INSEE, SIRENE, variable « trancheEffectifsUniteLegale »; Licence Ouverte). */
export const staffClasses: Readonly<Record<string, string>> = {
	'00': 'aucune personne salariée en fin d’année',
	'01': '1 ou 2 personnes salariées',
	'02': 'de 3 à 5 personnes salariées',
	'03': 'de 6 à 9 personnes salariées',
	'11': 'de 10 à 19 personnes salariées',
	'12': 'de 20 à 49 personnes salariées',
	'21': 'de 50 à 99 personnes salariées',
	'22': 'de 100 à 199 personnes salariées',
	'31': 'de 200 à 249 personnes salariées',
	'32': 'de 250 à 499 personnes salariées',
	'41': 'de 500 à 999 personnes salariées',
	'42': 'de 1 000 à 1 999 personnes salariées',
	'51': 'de 2 000 à 4 999 personnes salariées',
	'52': 'de 5 000 à 9 999 personnes salariées',
	'53': 'au moins 10 000 personnes salariées'
};

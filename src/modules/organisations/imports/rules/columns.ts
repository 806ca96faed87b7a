import { identifierKinds } from '../../rules/identifiers.ts';

/** What a column may say of an organisation, in the order in which they are offered. `register` is a column of numbers that may come from any register. */
export const fieldNames = [
	'name',
	'otherNames',
	'sigle',
	'kind',
	'purpose',
	'themes',
	'audiences',
	'networks',
	'employees',
	'volunteers',
	'houseNumber',
	'street',
	'postcode',
	'commune',
	'communeCode',
	'country',
	'website',
	'email',
	'phone',
	'register',
	...identifierKinds
] as const;
export type Field = (typeof fieldNames)[number];

/** A header in plain words: « NomAsso », « NOM_ASSO » and « Nom de l’asso » are read alike. */
export function headerWords(header: string): string {
	return header
		.replace(/\((?:e?s|x)\)/gi, '')
		.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
		.normalize('NFKD')
		.replace(/[\p{M}\p{Cf}]/gu, '')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.replace(/\b(?:le|la|les|l|d|de|du|des|un|une)\b/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
}

const body =
	'(?:asso|assoc|associations?|structures?|organismes?|organisations?|clubs?|groupements?|beneficiaires?|beneficiary|tiers|entites?|etablissements?|unite legale|vereniging|organisatie|organi[sz]ation)';
const who = `(?: ${body}(?: subventions?)?)?`;

/** A column headed « Association » and no more. */
const bare = new RegExp(`^${body}$`);

/** Whose number, address or site a column gives: the organisation's, never somebody's own (« Téléphone du président »). */
const theirs = `(?: (?:${body}|contact|siege(?: social)?|public|accueil|secretariat|principale?|fixe|portable|mobile))*`;
const numbered = '(?:(?:n|no|num|numero|code|id|identifiant) )?';
const counted = '(?:(?:nb|nbre|nombre|effectifs?|total) )';

/** The words that directories put above their columns, the most precise first. */
const headers: [RegExp, Field][] = [
	[
		new RegExp(
			`^(?:(?:autres? noms?|(?:noms?|denominations?) usage|(?:noms?|denominations?) usuel(?:le)?s?|noms? commercia(?:l|ux)|anciens? noms?|nom nl|naam nl|other names?|enseignes?)${who}|nom court.*)$`
		),
		'otherNames'
	],
	[
		new RegExp(
			`^(?:(?:sigle|acronyme?)(?: ou)?(?: acronyme| sigle| nom court| abrege)?|titre court|abreviation|abrege|nom abrege|afkorting|initiales)${who}$`
		),
		'sigle'
	],
	[
		new RegExp(
			`^(?:(?:nom|noms|name|naam|titre|title|denomination|raison sociale|intitule|libelle|lib|appellation|designation)(?: complet| officiel| sociale| legale?| fr| clair| en clair| long| developpe)?${who}(?: ${body})?(?: raw| fr| long| complet)?|${body} (?:nom|name|naam)(?: raw| complet)?|${body})$`
		),
		'name'
	],
	[/^(?:numero |n |no )?(?:siren(?: ou| et)? siret|siret(?: ou| et)? siren)$/, 'register'],
	[/^(?:numero )?siret(?: .*)?$|^(?:beneficiary|beneficiaire|n|no|num|numero|code) siret$/, 'siret'],
	[/^(?:numero )?siren(?: .*)?$|^(?:beneficiary|beneficiaire|n|no|num|numero|code) siren$/, 'siren'],
	[
		/^(?:(?:n|no|num|numero|code|id|identifiant|beneficiary) )?(?:rna|waldec)(?: beneficiaires?| association)?$|^(?:numero|n) w$/,
		'rna'
	],
	[
		/^(?:(?:n|no|num|numero|ondernemingsnummer) )?(?:bce|kbo|bce kbo|entreprise|ondernemingsnummer|tva|btw)(?: beneficiaire subvention| beneficiaire)?$/,
		'bce'
	],
	[/^(?:(?:n|no|num|numero) )?ride?t$/, 'ridet'],
	[/^(?:(?:n|no|num|numero) )?(?:tahiti|t a h i t i)$/, 'tahiti'],
	[/^(?:(?:n|no|num|numero) )?(?:prefecture|ancien numero|id ex)$/, 'prefecture'],
	[/^(?:volume folio|registre associations|registre tribunal)$/, 'alsace'],
	[
		/^(?:id|identifiant|identification|identifiant unique|id beneficiaire|identifiant national|identification beneficiaire|numero(?: enregistrement| immatriculation| identification)?)$/,
		'register'
	],
	[
		/^(?:(?:adrs |beneficiary )?(?:code ?insee|code commune|commune(?: code)? insee|code officiel geographique|cog|insee)(?: commune| ville| insee| etablissement)?)$/,
		'communeCode'
	],
	[
		/^(?:adrs |adresse )?(?:code ?postal|cp|c p|code post|postal code|postcode|postcodes|zip(?: code)?)(?: siege(?: social)?| commune| association| etablissement)?$/,
		'postcode'
	],
	[
		/^(?:adrs |adresse )?(?:communes?|villes?|localites?|lib ?com(?:mune)?|libelle commune|nom commune|nom ville|(?:cp|code postal)(?: et)? ville|code postal et commune|town|city|gemeente|municipalite|plaats)(?: siege(?: social)?| etablissement)?$/,
		'commune'
	],
	[/^(?:pays|country|land|adresse pays)$/, 'country'],
	[
		new RegExp(
			`^(?:(?:type|genre)(?: ${body})?|(?:nature|forme|categorie|statut)s? (?:juridiques?|legales?)(?: ${body})?|(?:lib(?:elle)? )?(?:nature|categorie) juridique(?: .*)?|type beneficiaire|legal form|rechtsvorm)$`
		),
		'kind'
	],
	[/^(?:numero maison|huisnummer|house number)$/, 'houseNumber'],
	[
		new RegExp(
			`^(?:adresses?(?: postale| complete| correspondance| gestion| suite| rue| voie| ligne)?${theirs}|adr|adres|adrs (?:numvoie|repetition|typevoie|libvoie|complement|distrib)|rue|voie|street|address|straat|${numbered}(?:voie|rue)|siege(?: social)?|(?:type|libelle|nom) (?:voie|rue)|complements?(?: adresse)?|adresse complementaire|lieu dit|bp|boite postale)$`
		),
		'street'
	],
	[
		new RegExp(
			`^(?:(?:objets?(?: statuts| statutaire| social)?|buts?|presentation|description|descriptif|missions?|projet associatif|purpose|doel|resume)${who}|(?:description )?activites?(?: principales?| proposees?)?)$`
		),
		'purpose'
	],
	[
		/^(?:(?:sous )?(?:domaines?|themes?|thematiques?|categor(?:ies?|y)|secteurs?|rubriques?|familles?|themas?)(?: activites?| principale?s?| intervention| [12])?|types? activites?|disciplines?|sports?|tags?|mots cle(?:s|fs)|etiquettes?|topic)$/,
		'themes'
	],
	[
		/^(?:publics?(?: vises?| cibles?| concernes?| accueillis?| touches?)?|type publics?|tranches? ages?|ages?|doelgroep(?:en)?|audiences?)$/,
		'audiences'
	],
	[/^(?:federations?(?: affiliation| nationale)?|affiliations?|reseaux?(?: appartenance| associatifs?)?)$/, 'networks'],
	[new RegExp(`^(?:${counted}(?:de )?salaries?|salaries|effectifs? salaries?)$`), 'employees'],
	[new RegExp(`^(?:${counted}(?:de )?benevoles?|benevoles)$`), 'volunteers'],
	[
		new RegExp(
			`^(?:sites?(?: web| internet)*|siteweb|internet|web|website|www|homepage|(?:url|lien|liens)(?: vers)?(?: site)?(?: web| internet)?|adresse (?:site|web|internet)(?: web| internet)?|page web)${theirs}$`
		),
		'website'
	],
	[
		new RegExp(
			`^(?:contact )?(?:(?:adresse )?(?:e ?mails?|mails?|courriels?|mel|messagerie)|adresse electronique|e mailadres)${theirs}$`
		),
		'email'
	],
	[new RegExp(`^${numbered}(?:tels?|telephones?|phone(?: number)?|telefoon(?:nummer)?|gsm|portable|mobile)${theirs}$`), 'phone']
];

/** Columns that come by several, with a figure each (« Téléphone 1 », « adresse2 »). « objet_social1 » is a code, and no purpose. */
const manifold: readonly Field[] = ['name', 'otherNames', 'street', 'website', 'email', 'phone'];

/** The field that a header speaks of; null for what a list may say and an organisation's sheet does not hold. */
export function fieldOf(header: string): Field | null {
	const words = headerWords(header.slice(0, 200));
	// « Association » heads a column; « L’Association » is somebody's name.
	if (!words || (bare.test(words) && /^\W*(?:l[ae]s?\b|l[’'])/i.test(header))) return null;
	const said = (text: string) => headers.find(([pattern]) => pattern.test(text))?.[1] ?? null;
	const whole = said(words);
	if (whole) return whole;
	const bared = said(headerWords(header.slice(0, 200).replace(/(?<!\d)\d(?!\d)/g, ' ')));
	if (bared && manifold.includes(bared)) return bared;
	// « Nom / Naam », « Commune | Gemeente »: one thing in two languages. « Nom / Prénom » is two things.
	const twice = header
		.slice(0, 200)
		.split(/\s*[/|]\s*|\s+[-–]\s+/)
		.map((part) => said(headerWords(part)));
	return twice.length > 1 && twice.every((field) => field !== null && field === twice[0]) ? twice[0]! : null;
}

/** A column that gives an address by itself: of several (the seat's, the one for letters), one is the organisation's. */
const wholeAddress = new RegExp(`^adresses?(?: postale| complete| correspondance| gestion)?${theirs}$`);

/**
 * The field of each column, seen together. In a list of grants the purpose is the grant's, not the organisation's. Beside a first name, « Nom » is a person's,
 * and so is the telephone: they are left out. « Association » beside « Titre » is something else than the name.
 */
export function fieldsOf(list: readonly string[]): (Field | null)[] {
	const words = list.map((header) => headerWords(header.slice(0, 200)));
	const grants = words.some((header) => /^(?:montant|amount|bedrag)\b/.test(header));
	const isFirstName = (header: string | undefined) => /^(?:prenom|first name|voornaam)/.test(header ?? '');
	const people = words.some(isFirstName);
	// Of two columns « Nom », the one that stands beside the first name is the person's.
	const names = words.flatMap((header, place) => (/^(?:noms?|name|naam)$/.test(header) ? [place] : []));
	const beside = names.filter((place) => isFirstName(words[place - 1]) || isFirstName(words[place + 1]));
	const somebodys = names.length > 1 && beside.length ? beside : names;
	const fields = words.map((header, place) => {
		const field = fieldOf(list[place] ?? '');
		if (grants && (field === 'purpose' || field === 'themes')) return null;
		if (people && (field === 'phone' || somebodys.includes(place))) return null;
		const whole = field === 'street' && wholeAddress.test(header);
		return whole && words.slice(0, place).some((other) => wholeAddress.test(other)) ? null : field;
	});
	const named = words.some((header, place) => fields[place] === 'name' && !bare.test(header));
	const kept = fields.map((field, place) => (field === 'name' && named && bare.test(words[place] ?? '') ? null : field));
	// Of two columns of names the first is the name: only somebody's word joins them.
	const name = kept.indexOf('name');
	if (name >= 0) return kept.map((field, place) => (field === 'name' && place !== name ? 'otherNames' : field));
	// « Nom usuel » is the name where no other column is.
	const usual = kept.indexOf('otherNames');
	return kept.map((field, place) => (place === usual ? 'name' : field));
}

/** The parts of a street as registers and tables cut it, in the order in which they are said. */
const streetParts = [
	/^(?:adrs numvoie|(?:n|no|num|numero) ?(?:voie|rue))$/,
	/^(?:adrs repetition|indice repetition)$/,
	/^(?:adrs typevoie|type (?:voie|rue))$/,
	/^(?:adrs libvoie|(?:libelle |nom )?(?:voie|rue))$/,
	/^(?:adrs complement|complements?(?: adresse)?|adresse (?:complementaire|suite))$/,
	/^adrs distrib$/
];

/** The order in which columns are read, which is that of the file but for the parts of a street. */
export function readingOrder(headers: readonly string[]): number[] {
	const rank = headers.map((header) => {
		const words = headerWords(header.slice(0, 200));
		return streetParts.findIndex((part) => part.test(words)) + 1;
	});
	return headers.map((_, place) => place).toSorted((a, b) => rank[a]! - rank[b]!);
}

import { identifierKinds } from '../../rules/identifiers.ts';

/** What a column may say of an organisation, in the order in which they are offered. `register` is a column of numbers that may come from any register. */
export const fieldNames = [
	'name',
	'otherNames',
	'sigle',
	'kind',
	'purpose',
	'themes',
	'houseNumber',
	'street',
	'postcode',
	'commune',
	'communeCode',
	'country',
	'website',
	'email',
	'register',
	...identifierKinds
] as const;
export type Field = (typeof fieldNames)[number];

/** A header in plain words: « NomAsso », « NOM_ASSO » and « Nom de l’asso » are read alike. */
export function headerWords(header: string): string {
	return header
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
	'(?:asso|associations?|structures?|organismes?|organisations?|beneficiaires?|beneficiary|tiers|entites?|etablissements?|vereniging|organisatie)';
const who = `(?: ${body}(?: subventions?)?)?`;

/** A column headed « Association » and no more. */
const bare = new RegExp(`^${body}$`);

/** The words that directories put above their columns, the most precise first. */
const headers: [RegExp, Field][] = [
	[
		/^(?:autres? noms?|noms? usage|nom usuel|noms? commercial|ancien nom|anciens noms|nom court.*|nom nl|naam nl|other names?|enseigne)$/,
		'otherNames'
	],
	[/^(?:sigle|acronyme|titre court|abreviation|abrege|nom abrege|afkorting|initiales)$/, 'sigle'],
	[
		new RegExp(
			`^(?:(?:nom|noms|name|naam|titre|title|denomination|raison sociale|intitule|libelle|appellation)(?: complet| officiel| sociale| legal| fr)?${who}(?: raw| fr)?|${body}(?: name(?: raw)?)?)$`
		),
		'name'
	],
	[/^(?:numero )?siret(?: .*)?$|^(?:beneficiary|beneficiaire|n|no|num|numero|code) siret$/, 'siret'],
	[/^(?:numero )?siren(?: .*)?$|^(?:beneficiary|beneficiaire|n|no|num|numero|code) siren$/, 'siren'],
	[
		/^(?:(?:n|no|num|numero|code|id|identifiant|beneficiary) )?(?:rna|waldec)(?: beneficiaires?| association)?$|^numero w$/,
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
		/^(?:id|identifiant|identification|id beneficiaire|identifiant national|identification beneficiaire|numero(?: enregistrement| immatriculation| identification)?)$/,
		'register'
	],
	[
		/^(?:(?:adrs |beneficiary )?(?:code ?insee|code commune|commune insee|code officiel geographique|cog|insee)(?: commune)?)$/,
		'communeCode'
	],
	[
		/^(?:adrs |adresse )?(?:code ?postal|cp|code post|postal code|postcode|postcodes|zip(?: code)?)(?: siege| commune| association)?$/,
		'postcode'
	],
	[
		/^(?:adrs |adresse )?(?:communes?|villes?|localites?|lib ?com(?:mune)?|nom commune|nom ville|commune siege|(?:cp|code postal)(?: et)? ville|code postal et commune|town|city|gemeente|municipalite|plaats)(?: siege)?$/,
		'commune'
	],
	[/^(?:pays|country|land|adresse pays)$/, 'country'],
	[
		new RegExp(
			`^(?:(?:type|genre)(?: ${body})?|(?:nature|forme|categorie|statut)s? juridiques?(?: ${body})?|(?:lib(?:elle)? )?(?:nature|categorie) juridique(?: .*)?|type beneficiaire|legal form|rechtsvorm)$`
		),
		'kind'
	],
	[/^(?:numero maison|huisnummer|house number)$/, 'houseNumber'],
	[
		/^(?:adresses?(?: postale| siege| complete| 1| 2| 3| rue| voie| ligne 1| ligne 2)?|adr ?[123]|rue|voie|street|address|straat|numero (?:voie|rue)|siege(?: social)?|adrs (?:numvoie|repetition|typevoie|libvoie|complement|distrib))$/,
		'street'
	],
	[
		/^(?:objets?(?: association| statuts| statutaire| social)?|buts?|activites?(?: principales?)?|description|descriptif|missions?|presentation|purpose|doel|resume)$/,
		'purpose'
	],
	[
		/^(?:(?:sous )?(?:domaines?|themes?|thematiques?|categories?|secteurs?|rubriques?|themas?)(?: activites?| principal| intervention| [12])?|types? activites?|tags?|mots cles|topic)$/,
		'themes'
	],
	[
		/^(?:sites?(?: web| internet)?|siteweb|internet|web|website|url(?: site)?|adresse (?:site|web|internet)|page web|lien(?: site)?)$/,
		'website'
	],
	[
		/^(?:(?:e )?mails?|emails?|courriels?|adresse (?:e ?mail|mail|courriel|electronique)|(?:e ?mail|mail|courriel)(?: contact| association)?|contact mail|mel)$/,
		'email'
	]
];

/** The field that a header speaks of; null for what a list may say and an organisation's sheet does not hold. */
export function fieldOf(header: string): Field | null {
	const words = headerWords(header.slice(0, 200));
	// « Association » heads a column; « L’Association » is somebody's name.
	if (!words || (bare.test(words) && /^\W*(?:l[ae]s?\b|l[’'])/i.test(header))) return null;
	return headers.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}

/**
 * The field of each column, seen together. In a list of grants the purpose is the grant's, not the organisation's. Beside a first name, « Nom » is a person's:
 * it is left out. « Association » beside « Titre » is something else than the name.
 */
export function fieldsOf(list: readonly string[]): (Field | null)[] {
	const words = list.map((header) => headerWords(header.slice(0, 200)));
	const grants = words.some((header) => /^(?:montant|amount|bedrag)\b/.test(header));
	const people = words.some((header) => /^(?:prenom|first name|voornaam)/.test(header));
	const fields = words.map((header, place) => {
		const field = fieldOf(list[place] ?? '');
		if (grants && (field === 'purpose' || field === 'themes')) return null;
		return people && /^(?:noms?|name|naam)$/.test(header) ? null : field;
	});
	const named = words.some((header, place) => fields[place] === 'name' && !bare.test(header));
	const kept = fields.map((field, place) => (field === 'name' && named && bare.test(words[place] ?? '') ? null : field));
	// Of two columns of names the first is the name: only somebody's word joins them.
	const name = kept.indexOf('name');
	return kept.map((field, place) => (field === 'name' && place !== name ? 'otherNames' : field));
}

/** The parts of a street as registers cut it, in the order in which they are said. */
const streetParts = /^(?:numero voie|adrs (numvoie|repetition|typevoie|libvoie|complement|distrib))$/;
const ranks = ['numvoie', 'repetition', 'typevoie', 'libvoie', 'complement', 'distrib'];

/** The order in which columns are read, which is that of the file but for the parts of a street. */
export function readingOrder(headers: readonly string[]): number[] {
	const rank = headers.map((header) => {
		const part = streetParts.exec(headerWords(header.slice(0, 200)));
		return part ? ranks.indexOf(part[1] ?? 'numvoie') + 1 : 0;
	});
	return headers.map((_, place) => place).toSorted((a, b) => rank[a]! - rank[b]!);
}

import { once } from 'node:events';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { zipped } from './zipped.ts';

/*
 * French registers that nobody declared, of any size, in the formats in which they are published. The same seed gives the same
 * records, and a larger file begins with the smaller one. `node bench/register-files.ts` writes them.
 */

/** One association as a register knows it. */
export type NationalRecord = {
	n: number;
	/** W and nine signs. */
	rna: string;
	/** The number that the same association had before, or would have in the older file. */
	older: string;
	siren: string | null;
	siret: string | null;
	/** As its president typed it, in capitals more often than not. */
	name: string;
	/** The same, in ordinary letters. */
	plainName: string;
	acronym: string;
	purpose: string;
	objectCode: string;
	legalForm: string;
	group: 'S' | 'U' | 'F';
	communeCode: string;
	commune: string;
	postcode: string;
	department: string;
	number: string;
	streetKind: string;
	street: string;
	website: string;
	created: string;
	declared: string;
	dissolved: string | null;
	activity: string;
	staff: string;
};

/** Chance that is the same at each run. */
export function chance(seed: number): () => number {
	let state = (seed ^ 0x9e37_79b9) >>> 0;
	return () => {
		state = (state + 0x6d2b_79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

const split = (text: string): string[] =>
	text
		.split('|')
		.map((one) => one.trim())
		.filter(Boolean);

// What people do together: the word, the code of its object, what its NAF code is.
const activities = `
pétanque:011095:93.12Z|football:011040:93.12Z|judo:011130:93.12Z|karaté:011130:93.12Z|tennis:011150:93.12Z|tennis de table:011150:93.12Z|badminton:011150:93.12Z|
handball:011040:93.12Z|basket:011040:93.12Z|volley:011040:93.12Z|rugby:011040:93.12Z|gymnastique:011085:93.12Z|gymnastique volontaire:011085:93.12Z|yoga:011085:93.13Z|
randonnée pédestre:011105:93.19Z|cyclotourisme:011030:93.12Z|vélo:011030:93.12Z|natation:011110:93.12Z|plongée:011110:93.12Z|voile:011110:93.12Z|aviron:011110:93.12Z|
canoë-kayak:011110:93.12Z|escalade:011105:93.12Z|ski:011120:93.12Z|équitation:011050:93.12Z|tir à l'arc:011140:93.12Z|tir sportif:011140:93.12Z|boules:011095:93.12Z|
échecs:014005:93.29Z|bridge:014005:93.29Z|belote:014005:93.29Z|scrabble:014005:93.29Z|jeux de société:014005:93.29Z|jeux vidéo:014025:93.29Z|modélisme:014035:93.29Z|
philatélie:014035:93.29Z|généalogie:006025:91.01Z|photographie:006020:74.20Z|cinéma:006075:59.14Z|théâtre:006050:90.01Z|théâtre amateur:006050:90.01Z|
marionnettes:006050:90.01Z|cirque:006055:90.01Z|clown:006055:90.01Z|conte:006040:90.01Z|chant choral:006030:90.01Z|musique:006030:90.01Z|musique ancienne:006030:90.01Z|
jazz:006030:90.01Z|fanfare:006030:90.01Z|batucada:006030:90.01Z|accordéon:006030:90.01Z|orgue:006030:90.01Z|danse:006055:85.52Z|danse contemporaine:006055:85.52Z|
danses folkloriques:006035:90.01Z|tango:006055:85.52Z|peinture:006020:90.03A|sculpture:006020:90.03A|céramique:006020:90.03A|dentelle:006020:90.03A|broderie:006020:90.03A|
couture:014040:94.99Z|tricot:014040:94.99Z|cuisine:014040:94.99Z|œnologie:014040:94.99Z|lecture:006015:91.01Z|écriture:006015:90.03B|poésie:006015:90.03B|
patrimoine:010005:91.03Z|archéologie:010010:91.03Z|histoire locale:010005:91.03Z|jardinage:024060:94.99Z|jardins partagés:024060:94.99Z|apiculture:013010:94.99Z|
chasse:015010:94.99Z|pêche:015025:94.99Z|astronomie:016055:72.19Z|informatique:006095:85.59B|numérique:006095:85.59B|robotique:016055:85.59B|radio:006085:60.10Z|
environnement:024000:94.99Z|oiseaux:024020:94.99Z|forêt:024010:94.99Z|rivière:024015:94.99Z|énergies:024045:94.99Z|compostage:024040:38.32Z|réparation:024040:95.29Z|
soutien scolaire:007020:85.59B|alphabétisation:007030:85.59B|médiation familiale:019020:88.99B|aide alimentaire:020000:88.99B|entraide:020000:88.99B|logement:032510:87.90B|
insertion:030000:88.99B|santé:017000:86.90F|prévention:017080:86.90F|handicap:018025:88.10C|petite enfance:019004:88.91A|parentalité:019020:88.99B|
jumelage:003035:94.99Z|solidarité internationale:021000:94.99Z|francophonie:003000:94.99Z|défense des locataires:032520:94.99Z|consommation:032000:94.99Z
`
	.split('|')
	.map((one) => one.trim().split(':') as [word: string, code: string, naf: string]);

const groups =
	split(`anciens élèves|anciens combattants|parents d'élèves|pompiers|sapeurs-pompiers|donneurs de sang|retraités|aînés|jeunes|jeunes agriculteurs|
chasseurs|pêcheurs|boulistes|cheminots|postiers|commerçants|artisans|riverains|habitants|locataires|propriétaires|usagers|bénévoles|supporters|motards|
cavaliers|randonneurs|cyclistes|marcheurs|naturalistes|apiculteurs|viticulteurs|éleveurs|maraîchers|étudiants|lycéens|infirmières|orthophonistes|
assistantes maternelles|anciens marins|brodeuses|choristes|comédiens|musiciens|photographes|collectionneurs|joueurs de boules|vieux volants|vieilles mécaniques`);

const people =
	split(`Jean Moulin|Jules Ferry|Victor Hugo|Louise Michel|Marie Curie|Jean Jaurès|Jacques Prévert|Paul Éluard|Simone Veil|Pasteur|Jean Macé|George Sand|
Joliot-Curie|Anatole France|Robert Desnos|Jeanne d'Arc|Pierre Mendès France|Henri Wallon|Célestin Freinet|Louis Pergaud|Antoine de Saint-Exupéry|Arthur Rimbaud|
Pablo Picasso|Lucie Aubrac|Germaine Tillion|Olympe de Gouges|Marcel Pagnol|Frédéric Mistral|Alphonse Daudet|Georges Brassens|Jean Giono|Albert Camus|Émile Zola|
Honoré de Balzac|La Fontaine|Rosa Parks|Nelson Mandela|Gabriel Fauré|Maurice Ravel|Claude Debussy|Saint-Joseph|Sainte-Anne|Saint-Pierre|Notre-Dame|Sacré-Cœur`);

const things =
	split(`moulin|château|chapelle|lavoir|clocher|orgue|pont vieux|vieux village|musée|fort|phare|canal|halle|marché|parc|vallon|étang|marais|sentier|
four à pain|pressoir|tilleul|grand chêne|vieux port|petit train|observatoire|beffroi|cloître|théâtre|kiosque|jardin botanique|arboretum|verger|colombier|calvaire|lac`);

const fancies =
	split(`arc-en-ciel|mille pattes|tournesol|coquelicot|papillon|luciole|hirondelle|cigale|coccinelle|escargot|hérisson|colibri|chouette|renard|chat perché|
grain de sel|grain de sable|petit pois|pain d'épices|fil rouge|fil d'Ariane|bout du monde|bout de ficelle|coup de pouce|coup de théâtre|clé des champs|clef de sol|
temps des cerises|pas de côté|trait d'union|point de croix|point du jour|belle étoile|bonne heure|grande ourse|lune rousse|lune bleue|soleil levant|vent d'est|
vent debout|mer veille|tambour battant|pied de nez|nez rouge|boîte à malices|boîte à musique|fabrique|ruche|fourmilière|passerelle|traverse|cabane|roulotte|
caravane|manivelle|girouette|marelle|toupie|balançoire|ribambelle|farandole|sarabande|ritournelle|tartine|marmite|cocotte|gamelle|bourrache|ortie folle|
herbe folle|jeune pousse|graine|sève|racine|canopée|clairière|source|embellie|éclaircie|parenthèse|virgule|escampette|récré|bonne franquette`);

const adjectives =
	split(`solidaire|populaire|libre|vivant|ouvert|partagé|citoyen|joyeux|nomade|curieux|créatif|durable|familial|rural|urbain|intergénérationnel|
culturel|sportif|artistique|festif|gourmand|musical|éphémère|itinérant|participatif|équitable|alternatif|local|fraternel|laïque`);

const firsts =
	split(`Atelier|Collectif|Compagnie|Maison|Cercle|Foyer|Espace|Réseau|Groupe|Mouvement|Équipe|Centre|Théâtre|Orchestre|Ensemble|Chorale|Studio|École|
Jardin|Café|Librairie|Ressourcerie|Épicerie|Crèche|Cinéclub|Radio|Université populaire|Ludothèque|Harmonie|Amicale|Union|Entente|Étoile|Avenir|Espérance|Jeunesse`);

const ofPlace = (name: string): string => {
	const article = /^(Le|Les|La|L['’])\s*/.exec(name);
	if (article?.[1] === 'Le') return `du ${name.slice(article[0].length)}`;
	if (article?.[1] === 'Les') return `des ${name.slice(article[0].length)}`;
	return of(name);
};
const of = (word: string): string => (/^[aeiouyàâéèêëîïôœhAEIOUYÀÂÉÈÊËÎÏÔŒH]/.test(word) ? `d'${word}` : `de ${word}`);
const the = (word: string): string => (/^[aeiouéèêîôœh]/i.test(word) ? `l'${word}` : `le ${word}`);
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

type Place = { code: string; name: string; department: string; postcode: string; weight: number };

function readPlaces(): Place[] {
	const require = createRequire(import.meta.url);
	const file = require.resolve('@etalab/decoupage-administratif/data/communes.json');
	type Line = { code: string; nom: string; type: string; departement?: string; codesPostaux?: string[]; population?: number };
	const all = JSON.parse(fs.readFileSync(file, 'utf8')) as Line[];
	const divided = new Set(['75056', '69123', '13055']);
	return all.flatMap(({ code, nom, type, departement = '', codesPostaux = [], population = 0 }) =>
		(type === 'commune-actuelle' && !divided.has(code)) || type === 'arrondissement-municipal'
			? [{ code, name: nom, department: departement, postcode: codesPostaux[0] ?? '', weight: Math.max(population, 60) }]
			: []
	);
}

/** A SIREN that passes its own arithmetic, one for each number. */
function sirenOf(n: number): string {
	const eight = String(20_000_000 + ((n * 48_271 + 7) % 79_999_987)).padStart(8, '0');
	return eight + checkOf(eight);
}
function checkOf(digits: string): number {
	let sum = 0;
	for (let place = digits.length - 1, double = true; place >= 0; place--, double = !double) {
		const digit = Number(digits[place]) * (double ? 2 : 1);
		sum += digit > 9 ? digit - 9 : digit;
	}
	return (10 - (sum % 10)) % 10;
}

const dateIn = (random: () => number, from: number, to: number): string =>
	new Date(Date.UTC(from, 0, 1) + Math.floor(random() * (to - from) * 365) * 86_400_000).toISOString().slice(0, 10);

const streets = split(
	`de la Mairie|des Écoles|de l'Église|du Moulin|de la Gare|Victor Hugo|Jean Jaurès|de la République|du Stade|des Acacias|du Général de Gaulle|de Verdun|des Lilas`
);
const acronymOf = (name: string): string =>
	(name.match(/\p{L}+/gu) ?? [])
		.filter((word) => word.length > 3 || /^\p{Lu}/u.test(word))
		.map((word) => word.charAt(0))
		.join('')
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toUpperCase()
		.slice(0, 8);

/** Records of a national register, one after the other: names in French, places weighted by their inhabitants. */
export function* nationalRecords({
	rows,
	seed = 1,
	departments = null
}: {
	rows: number;
	seed?: number;
	departments?: readonly string[] | null;
}): Generator<NationalRecord> {
	const places = readPlaces().filter(({ department }) => !departments || departments.includes(department));
	const sums: number[] = [];
	let total = 0;
	for (const { weight } of places) sums.push((total += weight));
	const counted = new Map<string, number>();
	const random = chance(seed);
	const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
	const placeAt = (at: number): Place => {
		let low = 0;
		let high = sums.length - 1;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (sums[middle]! > at) high = middle;
			else low = middle + 1;
		}
		return places[low]!;
	};
	for (let n = 0; n < rows; n++) {
		const place = placeAt(random() * total);
		const town = place.name.replace(/ \d+e?r? Arrondissement$/, '');
		const [activity, objectCode, naf] = pick(activities);
		const { name, aim } = christen({ town, activity, random, pick });
		const created = dateIn(random, 1950 + Math.floor(random() * random() * 70), 2026);
		const dead = random() < 0.18;
		const dissolved = dead ? dateIn(random, Math.min(Number(created.slice(0, 4)) + 1, 2025), 2026) : null;
		const declared = dissolved ?? (random() < 0.5 ? created : dateIn(random, Math.min(Number(created.slice(0, 4)), 2025), 2026));
		const office = /^97|^98/.test(place.department) ? `9${place.department.at(-1)}R` : place.department.padStart(2, '0') + '1';
		const number = (counted.get(office) ?? 0) + 1;
		counted.set(office, number);
		const siren = random() < 0.38 ? sirenOf(n + seed * 3_000_000) : null;
		const nic = siren ? String(1 + Math.floor(random() * 4)).padStart(4, '0') : '';
		const group = /fédération|comité départemental/i.test(name) ? 'F' : /union/i.test(name) ? 'U' : 'S';
		const style = random();
		const written =
			style < 0.62
				? name.toUpperCase()
				: style < 0.8
					? name.toUpperCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('Œ', 'OE')
					: name;
		const acronym = random() < 0.3 ? acronymOf(name) : '';
		yield {
			n,
			rna: `W${office}${String(number).padStart(6, '0')}`,
			older: `${office}P${String(number).padStart(8, '0')}`,
			siren,
			siret: siren ? siren + nic + checkOf(siren + nic) : null,
			name: acronym && random() < 0.4 ? `${written} (${acronym})` : written,
			plainName: name,
			acronym,
			purpose: random() < 0.04 ? '' : aim,
			objectCode,
			legalForm: random() < 0.015 ? '9230' : random() < 0.005 ? '9300' : '9220',
			group,
			communeCode: place.code,
			commune: place.name,
			postcode: place.postcode,
			department: place.department,
			number: random() < 0.85 ? String(1 + Math.floor(random() * 180)) : '',
			streetKind: pick(['RUE', 'AV', 'PL', 'CHE', 'RTE', 'BD', '']),
			street: pick(streets),
			website: random() < 0.08 ? `www.${acronymOf(name).toLowerCase() || 'asso'}-${n}.example.org` : '',
			created,
			declared,
			dissolved,
			activity: naf,
			staff: siren ? pick(['', '', 'NN', '00', '01', '02', '03', '11', '12']) : ''
		};
	}
}

type Chances = { town: string; activity: string; random: () => number; pick: <T>(list: readonly T[]) => T };

/** A name and what it is for, as French associations call themselves. */
function christen({ town, activity, random, pick }: Chances): { name: string; aim: string } {
	const here = ofPlace(town);
	const group = pick(groups);
	const person = pick(people);
	const thing = pick(things);
	const fancy = pick(fancies);
	const adjective = pick(adjectives);
	const first = pick(firsts);
	const patterns: [weight: number, name: string][] = [
		[7, `Comité des fêtes ${here}`],
		[3, `Comité des fêtes du quartier ${pick(people)} ${here}`],
		[8, `Club ${of(activity)} ${here}`],
		[5, `${capital(activity)} club ${town}`],
		[4, `Association sportive ${of(activity)} ${here}`],
		[4, `Union sportive ${town} ${activity}`],
		[6, `Amicale des ${group} ${here}`],
		[4, `Association des ${group} ${here}`],
		[5, `Association de parents d'élèves de l'école ${person} ${here}`],
		[2, `Association sportive du collège ${person}`],
		[2, `Foyer socio-éducatif du collège ${person} ${here}`],
		[3, `Coopérative scolaire de l'école ${person}`],
		[5, `Les amis ${of(the(thing)).replace('de le ', 'du ')} ${here}`],
		[3, `Sauvegarde ${of(the(thing)).replace('de le ', 'du ')} ${here}`],
		[3, `Association communale de chasse agréée ${here}`],
		[2, `Foyer rural ${here}`],
		[2, `Familles rurales ${here}`],
		[2, `Club du troisième âge ${fancy} ${here}`],
		[
			9,
			`${capital(the(fancy).replace(/^le (?=belle|bonne|grande|lune|mer|clé|clef|ruche|boîte|fabrique)/, 'la '))} ${adjective}`
		],
		[6, `${first} ${fancy}`],
		[5, `${first} ${adjective} ${here}`],
		[5, `Compagnie ${capital(fancy)}`],
		[4, `${capital(activity)} et ${pick(activities)[0]} ${here}`],
		[4, `${capital(fancy)} et ${fancies[Math.floor(random() * fancies.length)]}`],
		[4, `Atelier ${of(activity)} ${fancy}`],
		[2, `Collectif ${adjective} pour ${the(thing)} ${here}`],
		[2, `Comité départemental ${of(activity)}`],
		[2, `Fédération des ${group} ${here}`],
		[2, `Union locale des ${group} ${here}`],
		[2, `Maison des jeunes et de la culture ${person} ${here}`],
		[2, `Centre social ${person}`],
		[3, `Solidarité ${town} ${pick(['Bamako', 'Togo', 'Madagascar', 'Bénin', 'Liban', 'Haïti', 'Sénégal', 'Népal', 'Pérou'])}`],
		[2, `Secours ${adjective} ${here}`],
		[2, `Syndicat d'initiative ${here}`],
		[3, `${pick(['Amap', 'Jardins', 'Panier', 'Potager'])} ${of(fancy)} ${here}`]
	];
	const sum = patterns.reduce((all, [weight]) => all + weight, 0);
	let at = random() * sum;
	const name = patterns.find(([weight]) => (at -= weight) < 0)![1];
	const aims = [
		`organiser et développer la pratique ${of(activity)} ; animer la vie de la commune ${here}`,
		`promouvoir ${the(activity)} auprès de tous les publics, par des ateliers, des stages, des rencontres et toute action qui s'y rapporte`,
		`resserrer les liens d'amitié entre les ${group}, organiser des fêtes, des voyages et des sorties`,
		`sauvegarder, entretenir et faire connaître ${the(thing)} et le patrimoine local`,
		`soutenir les ${group} et défendre leurs intérêts matériels et moraux`,
		`création et diffusion de spectacles vivants, ${activity}, ateliers auprès des écoles et des maisons de retraite`,
		`${activity}`,
		`venir en aide aux personnes en difficulté de la commune ${here} et des environs : accueil, écoute, ${activity}, accompagnement dans les démarches, lutte contre l'isolement, et toute activité qui concourt directement ou indirectement à la réalisation de cet objet`
	];
	return { name, aim: pick(aims) };
}

const never = '0001-01-01';
// Everything that is text stands between quotes, as the ministry writes it.
const quoted = (text: string): string => (text === '' ? '""' : /[";\s]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const comma = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const waldecHeader =
	'id;id_ex;siret;rup_mi;gestion;date_creat;date_decla;date_publi;date_disso;nature;groupement;titre;titre_court;objet;objet_social1;objet_social2;adrs_complement;adrs_numvoie;adrs_repetition;adrs_typevoie;adrs_libvoie;adrs_distrib;adrs_codeinsee;adrs_codepostal;adrs_libcommune;adrg_declarant;adrg_complemid;adrg_complemgeo;adrg_libvoie;adrg_distrib;adrg_codepostal;adrg_achemine;adrg_pays;dir_civilite;telephone;siteweb;email;publiweb;observation;position;maj_time';
const importHeader =
	'id;id_ex;siret;gestion;date_creat;date_publi;nature;groupement;titre;objet;objet_social1;objet_social2;adr1;adr2;adr3;adrs_codepostal;libcom;adrs_codeinsee;dir_civilite;telephone;siteweb;email;observation;position;rup_mi;maj_time';
const unitsHeader =
	'siren,statutDiffusionUniteLegale,unitePurgeeUniteLegale,dateCreationUniteLegale,sigleUniteLegale,sexeUniteLegale,prenom1UniteLegale,prenom2UniteLegale,prenom3UniteLegale,prenom4UniteLegale,prenomUsuelUniteLegale,pseudonymeUniteLegale,identifiantAssociationUniteLegale,trancheEffectifsUniteLegale,anneeEffectifsUniteLegale,dateDernierTraitementUniteLegale,nombrePeriodesUniteLegale,categorieEntreprise,anneeCategorieEntreprise,dateDebut,etatAdministratifUniteLegale,nomUniteLegale,nomUsageUniteLegale,denominationUniteLegale,denominationUsuelle1UniteLegale,denominationUsuelle2UniteLegale,denominationUsuelle3UniteLegale,categorieJuridiqueUniteLegale,activitePrincipaleUniteLegale,nomenclatureActivitePrincipaleUniteLegale,nicSiegeUniteLegale,economieSocialeSolidaireUniteLegale,societeMissionUniteLegale,caractereEmployeurUniteLegale';
const seatsHeader =
	'siren,nic,siret,statutDiffusionEtablissement,dateCreationEtablissement,trancheEffectifsEtablissement,anneeEffectifsEtablissement,activitePrincipaleRegistreMetiersEtablissement,dateDernierTraitementEtablissement,etablissementSiege,nombrePeriodesEtablissement,complementAdresseEtablissement,numeroVoieEtablissement,indiceRepetitionEtablissement,typeVoieEtablissement,libelleVoieEtablissement,codePostalEtablissement,libelleCommuneEtablissement,libelleCommuneEtrangerEtablissement,distributionSpecialeEtablissement,codeCommuneEtablissement,codeCedexEtablissement,libelleCedexEtablissement,codePaysEtrangerEtablissement,libellePaysEtrangerEtablissement,dateDebut,etatAdministratifEtablissement,enseigne1Etablissement,enseigne2Etablissement,enseigne3Etablissement,denominationUsuelleEtablissement,activitePrincipaleEtablissement,nomenclatureActivitePrincipaleEtablissement,caractereEmployeurEtablissement';

const plain = (text: string): string =>
	text.toUpperCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('Œ', 'OE').replaceAll("'", ' ');

/** How each published file writes a record; null where it has none. */
export const formats = {
	waldec: {
		header: waldecHeader,
		encoding: 'latin1',
		line: (r: NationalRecord): string | null =>
			`${r.rna};"";${quoted(r.siret ?? '')};"";${r.rna.slice(1, 4)}P;${r.created};${r.declared};${r.created};${r.dissolved ?? never};D;${r.group};${quoted(r.name)};${quoted(r.acronym || r.name.slice(0, 38))};${quoted(r.purpose)};${r.objectCode};000000;"";${quoted(r.number)};"";${quoted(r.streetKind)};${quoted(r.street)};_;${r.communeCode};${r.postcode};${quoted(r.commune)};"";"";"";"";"";${r.postcode};${quoted(r.commune.toUpperCase())};FRANCE;PM;"";${quoted(r.website)};"";1;"";${r.dissolved ? 'D' : 'A'};${r.declared} 10:20:30`
	},
	import: {
		header: importHeader,
		encoding: 'latin1',
		line: (r: NationalRecord): string | null =>
			`${r.older};${r.older.slice(4)};${quoted(r.siret ?? '')};${r.rna.slice(1, 4)}P;${r.created};${never};D;${r.group};${quoted(r.name)};${quoted(r.purpose)};${r.objectCode};000000;"";${quoted(`${r.number} ${r.streetKind} ${r.street}`.trim())};"";${r.postcode};${quoted(r.commune.toUpperCase())};${r.communeCode};PM;"";${quoted(r.website)};"";${r.n % 3 ? r.rna : '""'};${r.n % 3 ? 'R' : r.dissolved ? 'D' : 'A'};"";${r.declared} 10:20:30`
	},
	sirene: {
		header: unitsHeader,
		encoding: 'utf8',
		line: (r: NationalRecord): string | null =>
			r.siren
				? `${r.siren},O,,${r.created},${comma(r.acronym)},,,,,,,,${r.n % 4 ? r.rna : ''},${r.staff},${r.staff ? '2023' : ''},${r.declared}T10:20:30,2,,,${r.created},${r.dissolved ? 'C' : 'A'},,,${comma(plain(r.plainName))},,,,${r.n % 20 ? r.legalForm : '5710'},${r.activity},NAFRev2,${r.siret!.slice(9)},,,${r.staff && r.staff !== 'NN' ? 'O' : 'N'}`
				: null
	},
	seats: {
		header: seatsHeader,
		encoding: 'utf8',
		line: (r: NationalRecord): string | null =>
			r.siren
				? `${r.siren},${r.siret!.slice(9)},${r.siret},O,${r.created},,,,${r.declared}T10:20:30,true,1,,${r.number},,${r.streetKind},${comma(plain(r.street))},${r.postcode},${comma(plain(r.commune))},,,${r.communeCode},,,,,${r.created},${r.dissolved ? 'F' : 'A'},,,,,${r.activity},NAFRev2,N`
				: null
	}
} as const;
export type Format = keyof typeof formats;

/** The published text of some records, by pieces of about 64 kB. */
export function* writtenAs(format: Format, records: Iterable<NationalRecord>): Generator<Buffer> {
	const { header, encoding, line } = formats[format];
	const end = encoding === 'latin1' ? '\r\n' : '\n';
	let text = header + end;
	for (const record of records) {
		const written = line(record);
		if (written === null) continue;
		// What Latin-1 lacks is written as its two letters.
		text += (encoding === 'latin1' ? written.replaceAll('œ', 'oe').replaceAll('Œ', 'OE') : written) + end;
		if (text.length < 65_536) continue;
		yield Buffer.from(text, encoding);
		text = '';
	}
	if (text) yield Buffer.from(text, encoding);
}

/** Writes a published file; ends in `.zip`: a zip of one file a department, or of one. Gives how many bytes the text has. */
export async function writeNational(
	file: string,
	format: Format,
	options: { rows: number; seed?: number; departments?: readonly string[] | null; records?: Iterable<NationalRecord> }
): Promise<number> {
	const out = fs.createWriteStream(file);
	let bytes = 0;
	const write = async (piece: Buffer) => {
		if (!out.write(piece)) await once(out, 'drain');
	};
	const pieces = function* () {
		for (const piece of writtenAs(format, options.records ?? nationalRecords(options))) {
			bytes += piece.length;
			yield piece;
		}
	};
	if (file.endsWith('.zip')) {
		const name = path.basename(file).replace(/\.zip$/, '.csv');
		for (const piece of zipped([[name, pieces()]])) await write(piece);
	} else for (const piece of pieces()) await write(piece);
	out.end();
	await once(out, 'close');
	return bytes;
}

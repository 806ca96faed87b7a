import { array, cellIn, day, json, number, text, word } from './cells.ts';
import { readLetters } from './letters.ts';
import { place, type Towns } from './places.ts';
import type { Body, Fate, Seat } from './published.ts';

/** What a legal form of SIRENE is here; null for those that the directory does not hold: companies, persons, co-owners. */
function kindOfForm(form: string): string | null {
	if (form.startsWith('92')) return 'association';
	if (form === '9300') return 'foundation';
	if (/^(7210|7220|7225|7229|7230|734[3-9])$/.test(form)) return 'local_authority';
	if (/^(7331|7384)$/.test(form)) return 'school';
	return /^(7340|735[1-7]|736[1-7]|737[1-9]|7389|7410)$/.test(form) ? 'public_establishment' : null;
}

/** How the legal units of SIRENE are read (INSEE, « StockUniteLegale », dessin de fichier); their addresses come with the seats. */
export function unitReader(headers: readonly string[]): (cells: readonly string[]) => Fate<Body> {
	const of = cellIn(headers);
	return (cells) => {
		const form = word(of(cells, 'categorieJuridiqueUniteLegale'), 4) ?? '';
		const kind = kindOfForm(form);
		if (!kind) return { is: 'other' };
		const written = of(cells, 'siren')?.trim() ?? '';
		const unverified: Record<string, string> = {};
		const siren = number('siren', written, unverified);
		if (!siren) return { is: 'rejected', reason: 'number', said: readLetters(written).slice(0, 60) };
		const names = [
			'denominationUniteLegale',
			'denominationUsuelle1UniteLegale',
			'denominationUsuelle2UniteLegale',
			'denominationUsuelle3UniteLegale'
		].map((column) => text(of(cells, column), 400));
		const hidden = of(cells, 'statutDiffusionUniteLegale')?.trim() !== 'O' && names.every((name) => !name || name === '[ND]');
		if (hidden) return { is: 'other' };
		const name = names.find((one) => one !== null && one !== '[ND]');
		if (!name) return { is: 'rejected', reason: 'name', said: siren };
		const nic = of(cells, 'nicSiegeUniteLegale')?.trim();
		const active = of(cells, 'etatAdministratifUniteLegale')?.trim() === 'A';
		const since = day(of(cells, 'dateDebut'));
		const staff = word(of(cells, 'trancheEffectifsUniteLegale'), 2);
		return {
			is: 'kept',
			department: '',
			communes: [],
			record: {
				key: siren,
				name,
				short_name: text(of(cells, 'sigleUniteLegale'), 60),
				other_names: array(names.filter((one) => one !== name && one !== '[ND]')),
				activity_code: word(of(cells, 'activitePrincipaleUniteLegale'), 10),
				legal_form: form,
				kind,
				created_on: day(of(cells, 'dateCreationUniteLegale')),
				declared_on: day(of(cells, 'dateDernierTraitementUniteLegale')),
				ended_on: active ? null : since,
				active: active ? 't' : 'f',
				employees_class: staff === 'NN' ? null : staff,
				employees_year: /^\d{4}/.exec(of(cells, 'anneeEffectifsUniteLegale') ?? '')?.[0] ?? null,
				siren,
				siret: nic ? number('siret', siren + nic.padStart(5, '0'), unverified) : null,
				rna: number('rna', of(cells, 'identifiantAssociationUniteLegale'), unverified),
				unverified: json(unverified)
			}
		};
	};
}

/** How the establishments of SIRENE are read: of each unit the seat, which says where it is. */
export function seatReader(headers: readonly string[], towns: Towns): (cells: readonly string[]) => Fate<Seat> {
	const of = cellIn(headers);
	return (cells) => {
		if (of(cells, 'etablissementSiege')?.trim().toLowerCase() !== 'true') return { is: 'other' };
		const unverified: Record<string, string> = {};
		const written = of(cells, 'siret')?.trim() ?? '';
		const siret = number('siret', written, unverified);
		if (!siret) return { is: 'rejected', reason: 'number', said: readLetters(written).slice(0, 60) };
		const where = place(towns, {
			code: of(cells, 'codeCommuneEtablissement'),
			name: of(cells, 'libelleCommuneEtablissement'),
			postcode: of(cells, 'codePostalEtablissement')
		});
		const street = [
			'numeroVoieEtablissement',
			'indiceRepetitionEtablissement',
			'typeVoieEtablissement',
			'libelleVoieEtablissement'
		].flatMap((column) => text(of(cells, column), 100) ?? []);
		return {
			is: 'kept',
			department: where.department,
			communes: where.communes,
			record: {
				siren: siret.slice(0, 9),
				siret,
				sign: text(of(cells, 'enseigne1Etablissement'), 200) ?? text(of(cells, 'denominationUsuelleEtablissement'), 200),
				...where.columns,
				street:
					street
						.filter((one) => one !== '[ND]')
						.join(' ')
						.slice(0, 200) || null,
				active: of(cells, 'etatAdministratifEtablissement')?.trim() === 'A' ? 't' : 'f'
			}
		};
	};
}

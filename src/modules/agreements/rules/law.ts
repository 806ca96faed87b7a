import type { Jurisdiction } from '#content/item.ts';
import type { PartnerKind, Variant } from '#content/agreement/clause.ts';
import type { Party } from './facts.ts';

/** What is known of where an organisation is registered. */
export type Registration = {
	kind: string;
	communeCode: string | null;
	postcode: string | null;
	zone: string;
	identifiers: { kind: string; value: string }[];
};

const forms: readonly string[] = [
	'association',
	'local_authority',
	'public_establishment',
	'foundation',
	'company',
	'school',
	'collective'
] satisfies PartnerKind[];

/**
 * The legal form whose variants an organisation takes. A house of associations or another body is what its number says: SIREN
 * numbers of public bodies begin with 1 or 2 (INSEE, Sirene); without a number, a house is taken for an association.
 */
export function formOf({ kind, identifiers }: Pick<Registration, 'kind' | 'identifiers'>): PartnerKind | null {
	if (forms.includes(kind)) return kind as PartnerKind;
	if (identifiers.some((one) => ['rna', 'prefecture', 'alsace'].includes(one.kind))) return 'association';
	if (identifiers.some((one) => ['siren', 'siret'].includes(one.kind) && /^[12]/.test(one.value))) return 'local_authority';
	return kind === 'mda' ? 'association' : null;
}

/** The law under which an organisation is registered: Belgium, Alsace and Moselle, or the rest of France when nothing says otherwise. */
export function lawOf({ communeCode, postcode, zone, identifiers }: Registration): Exclude<Jurisdiction, 'any'> {
	if (identifiers.some(({ kind }) => kind === 'bce')) return 'BE';
	if (identifiers.some(({ kind }) => kind === 'alsace')) return 'FR-AM';
	if (communeCode && /^(57|67|68)/.test(communeCode)) return 'FR-AM';
	if (!communeCode && (zone === 'Europe/Brussels' || /^\d{4}$/.test(postcode ?? ''))) return 'BE';
	return 'FR';
}

const exactness: Record<Party['law'], Jurisdiction[]> = {
	'FR-AM': ['FR-AM', 'FR', 'any'],
	FR: ['FR', 'any'],
	BE: ['BE', 'any']
};

/** The variants that the partners call for, each once: for each partner, the most exact law that has one for its kind. */
export function variantsFor(variants: readonly Variant[], parties: Pick<Party, 'form' | 'law'>[]): Variant[] {
	const called = new Set<Variant>();
	for (const { form, law } of parties)
		for (const kind of [form, 'any'] as const) {
			const theirs = variants.filter(({ partner }) => partner === kind);
			for (const jurisdiction of exactness[law]) {
				const exact = theirs.filter((one) => one.jurisdiction === jurisdiction);
				if (!exact.length) continue;
				for (const one of exact) called.add(one);
				break;
			}
		}
	return variants.filter((one) => called.has(one));
}

import { sql, type RawBuilder } from 'kysely';
import type { Identifier } from '#modules/organisations/rules/identifiers.ts';

/*
 * Records by a number that they are known by: the thing that stands on every letterhead.
 */

const valuesOf = (numbers: readonly Identifier[], kind: Identifier['kind']) =>
	numbers.flatMap((one) => (one.kind === kind ? [one.value] : []));

/** That a record bears one of these numbers: each is read by an index. */
function bears(numbers: readonly Identifier[]): RawBuilder<boolean> {
	const [rna, siren, bce] = (['rna', 'siren', 'bce'] as const).map((kind) => valuesOf(numbers, kind));
	return sql<boolean>`(source in ('rna-import', 'rna-waldec') and key = any(${rna}::text[]))
		or (source = 'sirene' and key = any(${siren}::text[]))
		or (source = 'bce' and key = any(${bce}::text[]))
		or (siren is not null and siren = any(${siren}::text[]))
		or (rna is not null and rna = any(${rna}::text[]))`;
}

/** The records that bear one of these numbers: the one under which each is shown. */
export const bodiesBearing = (numbers: readonly Identifier[]) =>
	sql<number>`(select coalesce(same_as, id) from official_bodies where ${bears(numbers)})`;

/** The organisations of the directory that such a record is linked to, by itself or as it is shown. */
export const entriesBearing = (numbers: readonly Identifier[]) =>
	sql<{ organisationId: string }>`(select organisation_id from organisation_official_records where until is null
		and body_id in (select unnest(array[id, same_as]) from official_bodies where ${bears(numbers)}))`;

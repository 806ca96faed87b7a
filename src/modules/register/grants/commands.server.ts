import type pg from 'pg';
import { Refused } from '#platform/errors.ts';
import { rankAgain, type Gathering } from '../commands/gathering.server.ts';
import { grantReader, isGrants, type Grant } from './rules.ts';

/** A file of published grants. */
export const grants: Gathering<Grant> = {
	readerOf: async ({ name }, { headers, separator }) => {
		if (!isGrants(headers))
			throw new Refused('register.other-columns', { name, columns: headers.slice(0, 6).join(', ').slice(0, 200) });
		return grantReader(headers, separator);
	},
	write,
	finish: (client, importId) => rankAgain(client, 'select rna from official_grants where import_id = $1', importId),
	table: 'official_grants'
};

async function write(client: pg.Client, importId: number, grants: Grant[]) {
	const once = [...new Map(grants.map((one) => [one.fingerprint, one])).values()];
	const { rows: known } = await client.query<{ fingerprint: string; own: boolean }>(
		'select fingerprint::text, import_id = $2 as own from official_grants where fingerprint = any ($1::bigint[])',
		[once.map(({ fingerprint }) => fingerprint), importId]
	);
	const there = new Map(known.map(({ fingerprint, own }) => [fingerprint, own]));
	const fresh = once.filter(({ fingerprint }) => !there.has(fingerprint));
	await client.query(
		`insert into official_grants (fingerprint, giver, beneficiary, siren, rna, unverified, amount_cents, granted_on, day_known, import_id)
		select fingerprint, giver, beneficiary, siren, rna, unverified, cents, "on", "dayKnown", $2
		from jsonb_to_recordset($1::jsonb) as g (fingerprint bigint, giver text, beneficiary text, siren text, rna text, unverified text,
			cents bigint, "on" date, "dayKnown" boolean)`,
		[JSON.stringify(fresh), importId]
	);
	const unchanged = once.filter(({ fingerprint }) => there.get(fingerprint) === false).length;
	return {
		added: fresh.length,
		unchanged,
		repeated: grants.length - fresh.length - unchanged,
		unverified: grants.filter(({ unverified }) => unverified !== null).length
	};
}

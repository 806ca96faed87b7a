import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../tests/database.ts';

const { db } = await testDatabase();

async function read(expression: string): Promise<unknown> {
	const { rows } = await sql<{ readValue: unknown }>`select ${sql.raw(expression)} as read_value`.execute(db);
	return rows[0]?.readValue;
}

test.each([
	['a date stays a text', "date '2027-03-28'", '2027-03-28'],
	['dates too', "array[date '2027-03-28', null]", ['2027-03-28', null]],
	['cents are a number', '123456789012::bigint', 123456789012],
	['so is a list of cents', 'array[1::bigint, null, -2::bigint]', [1, null, -2]],
	['a count is a number', '(select count(*) from generate_series(1, 3))', 3],
	['a numeric stays a text', '12.50::numeric', '12.50'],
	['an instant is a Date', "timestamptz '2027-03-28 10:00+02'", new Date('2027-03-28T08:00:00Z')],
	['keys inside a document stay as written', `'{"some_key": {"inner_key": 1}}'::jsonb`, { some_key: { inner_key: 1 } }],
	[
		'letters are ordered as in French',
		`array(select word from unnest(array['zoo', 'été', 'eau']) as word order by word collate "fr-x-icu")`,
		['eau', 'été', 'zoo']
	]
])('%s', async (_, expression, expected) => {
	expect(await read(expression)).toEqual(expected);
});

test('a bigint beyond what a number holds is refused, never rounded', async () => {
	await expect(read('9007199254740993::bigint')).rejects.toThrow(RangeError);
});

test('the role of the product is no superuser, and has the extensions', async () => {
	expect(await read("current_setting('is_superuser')")).toBe('off');
	expect(await read("unaccent('été')")).toBe('ete');
});

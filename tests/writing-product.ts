import pg from 'pg';
import { embeddedPostgres } from '#platform/database/embedded.server.ts';

/*
 * Stands for a product at work, for tests that kill it: starts the embedded database on the folder that is named,
 * writes one number after the other, and says each on a line of its own once the database has acknowledged it.
 */
const [home = ''] = process.argv.slice(2);
const postgres = await embeddedPostgres({ home });
const client = new pg.Client({ connectionString: postgres.url });
client.on('error', () => {});
await client.connect();
await client.query('create table if not exists said (number bigint primary key)');
const { rows } = await client.query<{ last: string }>('select coalesce(max(number), 0) as last from said');
process.stdout.write(`postgres ${postgres.pid}\n`);
for (let number = Number(rows[0]?.last) + 1; ; number++) {
	await client.query('insert into said values ($1)', [number]);
	process.stdout.write(`${number}\n`);
}

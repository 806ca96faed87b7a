import { createReadStream } from 'node:fs';
import { findRejected } from '#modules/register/queries.server.ts';
import { NotFound } from '#platform/errors.ts';
import { endpoint } from '#platform/http.server.ts';
import { Readable } from 'node:stream';

/** The rejected rows of a reading, with file, line and reason: written so that a spreadsheet opens them safely. */
export const GET = endpoint('administrators', async (context, { reading }: { reading: string }) => {
	const rejected = await findRejected(context, reading);
	if (!rejected) throw new NotFound();
	const bytes = createReadStream(rejected.file, { end: rejected.size - 1 });
	return new Response(Readable.toWeb(bytes) as ReadableStream<Uint8Array>, {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-length': String(rejected.size),
			'content-disposition': `attachment; filename="rejets-${reading}.csv"`,
			'x-content-type-options': 'nosniff',
			'cache-control': 'private, no-store'
		}
	});
});

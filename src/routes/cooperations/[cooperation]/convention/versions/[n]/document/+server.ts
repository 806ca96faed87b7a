import { findVersion } from '#modules/agreements/queries/versions.server.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { NotFound } from '#platform/errors.ts';
import { sendFile } from '#platform/files.server.ts';
import { endpoint } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { cooperation: string; n: string };

export const GET = endpoint('signed in', async (context, { cooperation: address, n }: Params) => {
	const cooperation = await findCooperation(context, address);
	const version = await findVersion(context, cooperation.id, Number(n));
	if (version.kind !== 'own document') throw new NotFound();
	return sendFile(version.reading, {
		mediaType: version.mediaType,
		name: version.name ?? m.agreements_file_document({ name: cooperation.name, n: version.n })
	});
});

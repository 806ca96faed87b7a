import { findVersion, listSignatures } from '#modules/agreements/queries/versions.server.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { NotFound } from '#platform/errors.ts';
import { sendFile } from '#platform/files.server.ts';
import { endpoint } from '#platform/http.server.ts';
import { codeOf } from '#platform/ids.ts';
import { m } from '#words';

type Params = { cooperation: string; n: string; organisation: string };

export const GET = endpoint('signed in', async (context, { cooperation: address, n, organisation }: Params) => {
	const cooperation = await findCooperation(context, address);
	const version = await findVersion(context, cooperation.id, Number(n));
	const signatory = (await listSignatures(context, version.id)).find(({ address: own }) => codeOf(own) === codeOf(organisation));
	const sheet = signatory?.signature;
	if (!sheet?.file) throw new NotFound();
	return sendFile(sheet.file, {
		mediaType: sheet.mediaType!,
		name: m.agreements_file_sheet({ name: cooperation.name, n: version.n, organisation: signatory!.name })
	});
});

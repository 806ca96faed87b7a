import { findAgreement, readDraft } from '#modules/agreements/queries.server.ts';
import { findVersion, listVersions } from '#modules/agreements/queries/versions.server.ts';
import { compare } from '#modules/agreements/rules/compare.ts';
import { settled } from '#modules/agreements/rules/compile.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { NotFound } from '#platform/errors.ts';
import { page } from '#platform/http.server.ts';

type Params = { cooperation: string };

export const load = page('signed in', async (context, { cooperation: address }: Params, url) => {
	const cooperation = await findCooperation(context, address);
	const agreement = await findAgreement(context, cooperation);
	const versions = (await listVersions(context, cooperation.id)).filter(({ kind }) => kind === 'compiled').map(({ n }) => n);
	const asked = (name: string, usual: string | undefined) => url.searchParams.get(name) ?? usual ?? '';
	const before = asked('avant', String(versions[agreement ? 0 : 1] ?? versions[0] ?? ''));
	const after = asked('apres', agreement ? 'projet' : String(versions[0] ?? ''));
	const read = async (which: string) => {
		if (which === 'projet' && agreement) return settled((await readDraft(context, cooperation, agreement)).content).articles;
		const { content } = await findVersion(context, cooperation.id, Number(which));
		if (!content) throw new NotFound();
		return content.articles;
	};
	return {
		cooperation,
		versions,
		draft: agreement !== null,
		before,
		after,
		compared: versions.length ? compare(await read(before), await read(after)) : []
	};
});

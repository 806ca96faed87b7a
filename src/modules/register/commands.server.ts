import path from 'node:path';
import { personOf } from '#platform/actor.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { settings } from '#platform/running.server.ts';
import { findCommune } from '#modules/territories/queries.server.ts';
import { tablesOf } from './commands/bce.server.ts';
import { digestOf, headersIn, textsOf, wholeOf } from './commands/opening.server.ts';
import { mayBringRegister } from './policy.ts';
import { isGrants } from './grants/rules.ts';
import { tableOf } from './rules/bce.ts';
import { fileOf, type Published } from './rules/published.ts';

/** The departments and communes that are asked for, in the codes of today, or postcodes of Belgium; a code that nobody knows is refused. */
export function scopeOf({ departments, communes }: { departments: string; communes: string }) {
	const codes = (text: string) => text.toUpperCase().match(/[0-9AB]+/g) ?? [];
	const unknown = codes(departments).find((code) => !/^(?:\d\d|2[AB]|97\d|98\d)$/.test(code));
	if (unknown) throw new Refused('register.department-unknown', { code: unknown }, 'departments');
	const found = codes(communes).map((code) => {
		// Four figures: a postcode of Belgium, where the register knows no other code.
		if (/^[1-9]\d{3}$/.test(code)) return code;
		const commune = findCommune(code);
		if (!commune) throw new Refused('register.commune-unknown', { code }, 'communes');
		return commune.code;
	});
	return { departments: [...new Set(codes(departments))], communes: [...new Set(found)] };
}

/** Which published file this is, by the headers of its first text. */
async function recognise(file: string): Promise<Published | 'grants'> {
	const { texts, close } = await textsOf(file);
	try {
		let head = '';
		for await (const piece of texts[0]!.pieces()) {
			head += piece;
			if (head.includes('\n') || head.length > 100_000) break;
		}
		const headers = headersIn(head);
		const found = tableOf(headers) ? 'bce' : (fileOf(headers) ?? (isGrants(headers) ? 'grants' : null));
		if (found === 'bce') await tablesOf(texts);
		if (found) return found;
		throw new Refused('register.other-columns', {
			name: path.basename(file),
			columns: headers.slice(0, 6).join(', ').slice(0, 200)
		});
	} finally {
		close();
	}
}

/** Brings a file of a register: it is recognised and noted, and read by whoever goes on with it. Gives its number. */
export async function bringRegister(
	context: Context,
	{ file: brought, departments = '', communes = '' }: { file: string; departments?: string; communes?: string }
): Promise<number> {
	const write = allow(context, mayBringRegister(context.actor));
	const file = await wholeOf(brought);
	const { size, digest } = await digestOf(file);
	const source = await recognise(file);
	const { id } = await write
		.insertInto('officialImports')
		.values({
			source,
			fileName: path.basename(file),
			filePath: file,
			fileSize: size,
			fileDigest: digest,
			...scopeOf({ departments, communes }),
			broughtBy: context.actor.is === 'person' ? personOf(context.actor) : null,
			broughtAt: context.now
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

/** Brings a file that somebody laid in the folder `imports` of the data. */
export async function bringFromFolder(
	context: Context,
	{ file, departments, communes }: { file: string; departments: string; communes: string }
): Promise<number> {
	allow(context, mayBringRegister(context.actor));
	if (!file || file !== path.basename(file) || file.startsWith('.')) throw new Refused('register.file-unchosen', {}, 'file');
	try {
		return await bringRegister(context, { file: path.join(settings().dataFolder, 'imports', file), departments, communes });
	} catch (problem) {
		if (problem instanceof Refused && !problem.field) throw new Refused(problem.code, problem.details, 'file');
		throw problem;
	}
}

/** The same file with the same scope that was cut on its way: it goes on rather than begin again. */
export async function cutBefore(
	{ db }: Context,
	{ file: brought, departments = '', communes = '' }: { file: string; departments?: string; communes?: string }
): Promise<number | null> {
	const file = await wholeOf(brought);
	const { digest } = await digestOf(file);
	const scope = scopeOf({ departments, communes });
	const rows = await db
		.selectFrom('officialImports')
		.select(['id', 'departments', 'communes'])
		.where('fileDigest', '=', digest)
		.where('filePath', '=', file)
		.where('finishedAt', 'is', null)
		.where('refusedCode', 'is', null)
		.orderBy('id', 'desc')
		.limit(20)
		.execute();
	const same = (a: string[], b: string[]) => a.toSorted().join() === b.toSorted().join();
	return rows.find((row) => same(row.departments, scope.departments) && same(row.communes, scope.communes))?.id ?? null;
}

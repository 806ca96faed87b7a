import type { Context } from '#platform/context.server.ts';
import type { Cooperation } from '#modules/cooperations/queries.server.ts';
import { listLines, type LineSeen } from '../queries.server.ts';
import { atMostCopied, copiable, copiedKinds } from './rules.ts';

/** The lines of a cooperation that an organisation may take up again. */
export async function listCopiable(context: Context, cooperation: Cooperation, own: string): Promise<LineSeen[]> {
	const lines = await listLines(context, cooperation.id, copiedKinds, { size: atMostCopied });
	return lines.filter((line) => copiable(line, own));
}

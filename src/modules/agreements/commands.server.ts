import { personOf } from '#platform/actor.ts';
import { agreementArticles } from '#content/agreement/clauses.ts';
import type { Article } from '#content/agreement/clause.ts';
import { speaker } from '#modules/cooperations/commands.server.ts';
import { findCooperationById, type Cooperation } from '#modules/cooperations/queries.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { tellManagers } from '#modules/organisations/commands/telling.server.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';
import { commitsFor, mayEdit, mayFreeze, type Audience } from './policy.ts';
import { findAgreement } from './queries.server.ts';

/** Where the agreement of a cooperation is read. */
export const pathOf = (cooperation: Cooperation): string => `${cooperation.path}/convention`;

/** The cooperation and its agreement, which nobody else changes until this is done. */
export async function locked(context: Context, cooperationId: string, may: typeof mayEdit) {
	const cooperation = await findCooperationById(context, cooperationId);
	const agreement = await findAgreement(context, cooperation);
	if (!agreement) throw new NotFound();
	const write = allow(context, may(context.actor, cooperation));
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	await write.selectFrom('agreements').select('id').where('id', '=', agreement.id).forUpdate().executeTakeFirstOrThrow();
	return { cooperation, agreement, write };
}

/** Tells the managers of the other partners, and of nobody else. */
export const tellOthers = (
	write: Writer,
	context: Context,
	cooperation: Cooperation,
	{ to, except, text, path }: { to: string[]; except: string; text: string; path: string }
): Promise<number> =>
	tellManagers(
		write,
		context,
		to.filter((id) => id !== except),
		{ kind: 'agreement', cooperationId: cooperation.id, text, path }
	);

/** The partners who have accepted: those whom an agreement binds. */
export const accepted = (cooperation: Cooperation): string[] => cooperation.accepted.map(({ organisationId }) => organisationId);

/** An article of the library as it is kept beside a clause, so that a later library changes nothing in it. */
export const kept = ({ version, paragraphs, variants, gives }: Article): string =>
	JSON.stringify({ version, paragraphs, variants, gives });

/** Writes the agreement: one click. Asked twice, it is written once. */
export async function writeAgreement(
	context: Context,
	cooperationId: string,
	input: { actingFor: string | null }
): Promise<void> {
	const cooperation = await findCooperationById(context, cooperationId);
	const write = allow(context, mayEdit(context.actor, cooperation));
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	const by = speaker(context, cooperation, input.actingFor);
	const agreement = newId();
	const written = await write
		.insertInto('agreements')
		.values({
			id: agreement,
			cooperationId: cooperation.id,
			audience: 'partners',
			writtenAt: context.now,
			writtenBy: personOf(context.actor),
			writtenFor: by.id
		})
		.onConflict((conflict) => conflict.column('cooperationId').doNothing())
		.executeTakeFirst();
	if (written.numInsertedOrUpdatedRows === 0n) return;
	await write
		.insertInto('agreementClauses')
		.values(
			agreementArticles
				.filter(({ usual }) => usual)
				.map((article, position) => ({
					id: newId(),
					agreementId: agreement,
					article: article.id,
					source: kept(article),
					title: article.title,
					text: null,
					n: 1,
					position,
					changedAt: context.now,
					changedBy: personOf(context.actor)
				}))
		)
		.execute();
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'agreement-written',
		ids: { agreement, organisation: by.id },
		says: { organisation: by.name }
	});
	await tellOthers(write, context, cooperation, {
		to: accepted(cooperation),
		except: by.id,
		text: m.agreements_notice_written({ organisation: by.name, cooperation: cooperation.name }),
		path: pathOf(cooperation)
	});
}

/** Lets the hub that accompanies read the agreement, or closes it again. */
export async function openTo(context: Context, cooperationId: string, { audience }: { audience: Audience }): Promise<void> {
	const { cooperation, agreement, write } = await locked(context, cooperationId, mayFreeze);
	if (agreement.audience === audience) return;
	await write.updateTable('agreements').set({ audience }).where('id', '=', agreement.id).execute();
	const by = freezer(context, cooperation, null);
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: audience === 'accompagnateur' ? 'agreement-opened' : 'agreement-closed',
		ids: { agreement: agreement.id, organisation: by.id },
		says: { organisation: by.name }
	});
}

/** The partner in whose name somebody commits: chosen, or the first for which they may. */
export function freezer(context: Context, cooperation: Cooperation, chosen: string | null): { id: string; name: string } {
	const able = commitsFor(context.actor, cooperation);
	const id = chosen ?? able[0];
	const partner = cooperation.accepted.find(({ organisationId }) => organisationId === id && able.includes(organisationId));
	if (!partner) throw new Refused('organisations.not-yours', {}, 'actingFor');
	return { id: partner.organisationId, name: partner.name };
}

/** What an uploaded file holds. */
export const bytesOf = async (file: File): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());

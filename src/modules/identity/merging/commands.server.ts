import { sql } from 'kysely';
import { bothPartnersIn } from '#modules/cooperations/queries/partners.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { post } from '#modules/notices/commands.server.ts';
import { managersOfAll } from '#modules/organisations/queries/people.server.ts';
import { personOf } from '#platform/actor.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { address } from '#platform/running.server.ts';
import { m } from '#words';
import { addsName, mergeable, needsAgreement } from './rules.ts';
import { findMerge, mayMergeThese, sideOf } from './queries.server.ts';

/** Two merges that meet wait for each other, always in the same order. */
const hold = (write: Writer, ids: string[]) =>
	write.selectFrom('organisations').select('id').where('id', 'in', ids).orderBy('id').forUpdate().execute();

/** Tells by mail those who managed the two what was done to them, whoever did it. */
async function mailManagers(
	write: Writer,
	context: Context,
	ids: string[],
	said: { subject: string; text: string; path: string }
): Promise<void> {
	const people = new Map((await managersOfAll(write, ids)).map((one) => [one.personId, one]));
	for (const { personId, name, email } of people.values())
		if (email && personId !== personOf(context.actor))
			await post(write, context.now, {
				to: { name, email },
				subject: said.subject,
				letter: {
					title: said.subject,
					paragraphs: [said.text],
					buttons: [{ label: m.identity_see_organisation(), url: address(said.path) }]
				},
				kind: 'identity'
			});
}

/**
 * Makes two organisations one: every row that names the absorbed one names the kept one from now on; a row that the kept one already
 * has stays and is remembered. Neither journal is touched: both are told. It can be taken back.
 */
export async function mergeOrganisations(
	context: Context,
	{ keptId, absorbedId, reason, agreed }: { keptId: string; absorbedId: string; reason: string; agreed: boolean }
): Promise<{ id: string; path: string; kept: string }> {
	const write = allow(context, await mayMergeThese(context, [keptId, absorbedId]));
	await hold(write, [keptId, absorbedId]);
	const [kept, absorbed] = [await sideOf(write, keptId), await sideOf(write, absorbedId)];
	mergeable(kept, absorbed, await bothPartnersIn(write, keptId, absorbedId));
	if (needsAgreement(kept, absorbed) && !agreed) throw new Refused('identity.merge-not-agreed', {}, 'agreed');
	const id = newId();
	const nameAdded = addsName(kept, absorbed.name);
	await mailManagers(write, context, [keptId, absorbedId], {
		subject: m.identity_merged_mail_subject({ kept: kept.name, absorbed: absorbed.name }),
		text: m.identity_merged_mail_text({ kept: kept.name, absorbed: absorbed.name, reason }),
		path: kept.path
	});
	await write
		.insertInto('organisationMerges')
		.values({ id, keptId, absorbedId, reason, nameAdded, mergedAt: context.now, mergedBy: personOf(context.actor) })
		.execute();
	await sql`select merge_organisation_rows(${id}::uuid, ${absorbedId}::uuid, ${keptId}::uuid)`.execute(write);
	await write.updateTable('organisations').set({ mergedInto: keptId }).where('id', '=', absorbedId).execute();
	if (nameAdded)
		await write
			.updateTable('organisations')
			.set({ otherNames: [...kept.otherNames, absorbed.name] })
			.where('id', '=', keptId)
			.execute();
	await tell(write, context, {
		chain: { organisation: keptId },
		verb: 'organisation-merged',
		ids: { absorbed: absorbedId },
		says: { name: absorbed.name, reason }
	});
	await tell(write, context, {
		chain: { organisation: absorbedId },
		verb: 'organisation-absorbed',
		ids: { kept: keptId },
		says: { name: kept.name, reason }
	});
	return { id, path: kept.path, kept: kept.name };
}

/** Takes a merge back: each row that it moved, and that still names the kept one, names the other again. */
export async function separateOrganisations(
	context: Context,
	{ mergeId }: { mergeId: string }
): Promise<{ path: string; name: string }> {
	const { keptId, absorbedId } = await findMerge(context.db, mergeId);
	const write = allow(context, await mayMergeThese(context, [keptId]));
	await hold(write, [keptId, absorbedId]);
	const { nameAdded, undoneAt } = await findMerge(write, mergeId);
	if (undoneAt) throw new Refused('identity.separated-already');
	const kept = await sideOf(write, keptId);
	if (kept.mergedInto) throw new Refused('identity.separate-later-first', { name: kept.name });
	await write.updateTable('organisations').set({ mergedInto: null }).where('id', '=', absorbedId).execute();
	await sql`select separate_organisation_rows(${mergeId}::uuid)`.execute(write);
	const absorbed = await sideOf(write, absorbedId);
	if (nameAdded)
		await write
			.updateTable('organisations')
			.set({ otherNames: kept.otherNames.filter((name) => name !== absorbed.name) })
			.where('id', '=', keptId)
			.execute();
	await write
		.updateTable('organisationMerges')
		.set({ undoneAt: context.now, undoneBy: personOf(context.actor) })
		.where('id', '=', mergeId)
		.execute();
	await tell(write, context, {
		chain: { organisation: keptId },
		verb: 'organisation-separated',
		ids: { absorbed: absorbedId },
		says: { name: absorbed.name }
	});
	await tell(write, context, {
		chain: { organisation: absorbedId },
		verb: 'organisation-separated',
		ids: { kept: keptId },
		says: { name: kept.name }
	});
	await mailManagers(write, context, [keptId, absorbedId], {
		subject: m.identity_separated_mail_subject({ kept: kept.name, absorbed: absorbed.name }),
		text: m.identity_separated_mail_text({ kept: kept.name, absorbed: absorbed.name }),
		path: absorbed.path
	});
	return { path: absorbed.path, name: absorbed.name };
}

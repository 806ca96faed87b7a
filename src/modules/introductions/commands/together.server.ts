import { invitePartner, writeCooperation } from '#modules/cooperations/commands.server.ts';
import { namesOfCooperations, pathOf as cooperationPath } from '#modules/cooperations/queries.server.ts';
import { nameFrom } from '#modules/cooperations/rules.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { keptAmong, summariesOf } from '#modules/organisations/queries.server.ts';
import { personOf } from '#platform/actor.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { mayBeginTogether } from '../policy.ts';
import { placeOf } from '../queries.server.ts';
import { willing } from '../rules.ts';

/**
 * Those who met begin a cooperation in one gesture: the reason is its first sentence, those who said yes are invited to it. It
 * answers the question of what came of it, for whoever begins. Begun by another meanwhile, it is that one.
 */
export async function becomeCooperation(
	context: Context,
	introductionId: string,
	organisationId: string,
	{ id, what }: { id: string; what: string }
): Promise<{ path: string }> {
	const write = allow(context, mayBeginTogether(context.actor, (await placeOf(context, introductionId, organisationId)).place));
	// Two who begin at once wait for each other: whoever comes second finds what the first began.
	await write.selectFrom('introductions').select('id').where('id', '=', introductionId).forUpdate().execute();
	const { introduction, places, place } = await placeOf(context, introductionId, organisationId);
	if (place.answer !== 'yes' || !introduction.givenAt) throw new Refused('introductions.not-met-yet');
	if (introduction.cooperationId) {
		const [begun] = await namesOfCooperations(context, [introduction.cooperationId]);
		if (!begun) throw new Refused('introductions.already-begun');
		return { path: begun.path };
	}
	const { cooperation, own, again } = await writeCooperation(context, {
		id,
		name: nameFrom(what),
		sentence: what,
		actingFor: organisationId
	});
	if (again) throw new Refused('forms.id-unreal');
	const met = willing(places).map((one) => one.organisationId);
	const others = (await keptAmong(write, met)).filter((one) => one !== organisationId);
	const names = await summariesOf(write, others);
	for (const [i, other] of others.entries())
		await invitePartner(write, context, cooperation, names.get(other)!, {
			role: 'carrier',
			place: null,
			email: null,
			invitedFor: { id: own.id, name: own.name },
			position: i + 2
		});
	await write
		.updateTable('introductions')
		.set({ cooperationId: cooperation.id, becameAt: context.now, becameBy: personOf(context.actor) })
		.where('id', '=', introductionId)
		.execute();
	await write
		.updateTable('introduced')
		.set({ outcome: 'together', outcomeAt: context.now, outcomeBy: personOf(context.actor) })
		.where('id', '=', place.id)
		.execute();
	await tell(write, context, {
		chain: { organisation: organisationId },
		verb: 'introduction-became',
		ids: { introduction: introductionId, cooperation: cooperation.id },
		says: { cooperation: cooperation.name }
	});
	return { path: cooperationPath(cooperation) };
}

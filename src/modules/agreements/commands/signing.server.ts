import { personOf } from '#platform/actor.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { accompanyingHub } from '#modules/hubs/queries.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { summariesOf } from '#modules/organisations/queries.server.ts';
import { today } from '#platform/clock.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { keepFile } from '#platform/files.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';
import { accepted, bytesOf, pathOf, tellOthers } from '../commands.server.ts';
import { mayAttachFor, maySignFor } from '../policy.ts';
import { findAgreement } from '../queries.server.ts';
import { lastNumber, listSignatures, listVersions } from '../queries/versions.server.ts';
import { signedBy } from '../rules/versions.ts';

/** A version that waits for signatures, and the organisation that signs. */
async function signing(context: Context, cooperationId: string, input: { version: string; organisation: string }) {
	const cooperation = await findCooperationById(context, cooperationId);
	const version = (await listVersions(context, cooperation.id)).find(({ id }) => id === input.version);
	if (!version) throw new NotFound();
	const signatory = (await listSignatures(context, version.id)).find(
		({ organisationId }) => organisationId === input.organisation
	);
	if (!signatory) throw new NotFound();
	return { cooperation, version, signatory, latest: version.n === (await lastNumber(context, version.agreementId)) };
}

/** A later version replaces an earlier one: what was being signed there is signed on the later one. */
function stillSigned(latest: boolean): void {
	if (!latest) throw new Refused('agreements.not-the-last');
}

/** Says that one's organisation signs: an intention, until the sheet is attached. */
export async function sayItSigns(
	context: Context,
	cooperationId: string,
	input: { version: string; organisation: string }
): Promise<void> {
	const { cooperation, version, signatory, latest } = await signing(context, cooperationId, input);
	const write = allow(context, maySignFor(context.actor, signatory.organisationId));
	stillSigned(latest);
	const noted = await write
		.insertInto('agreementSignatures')
		.values({
			id: newId(),
			versionId: version.id,
			organisationId: signatory.organisationId,
			notedAt: context.now,
			notedBy: personOf(context.actor),
			notedFor: signatory.organisationId
		})
		.onConflict((conflict) => conflict.columns(['versionId', 'organisationId']).where('replacedAt', 'is', null).doNothing())
		.executeTakeFirst();
	if (noted.numInsertedOrUpdatedRows === 0n) return;
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: 'agreement-signature-said',
		ids: { version: version.id, organisation: signatory.organisationId },
		says: { organisation: signatory.name, n: version.n }
	});
}

/** The house in whose name the accompagnateur acts here. */
async function houseOf(context: Context, cooperationId: string): Promise<{ id: string; name: string }> {
	const id = await accompanyingHub(context, cooperationId);
	const house = id ? (await summariesOf(context.db, [id])).get(id) : undefined;
	if (!house) throw new NotFound();
	return house;
}

/** Attaches the sheet that an organisation signed: by itself, or by the accompagnateur in its name, and then it is told. */
export async function attachSignature(
	context: Context,
	cooperationId: string,
	input: {
		version: string;
		organisation: string;
		file: File;
		signatory: string;
		capacity: string | null;
		signedOn: string;
	}
): Promise<{ organisation: string }> {
	const { cooperation, version, signatory, latest } = await signing(context, cooperationId, input);
	const agreement = await findAgreement(context, cooperation);
	const own = maySignFor(context.actor, signatory.organisationId);
	const byHouse = !own && agreement !== null && mayAttachFor(context.actor, cooperation, agreement.audience);
	const write = allow(context, own || byHouse);
	stillSigned(latest);
	signedBy(input.signedOn, today(context.now, cooperation.zone));
	const file = await keepFile(write, context.now, await bytesOf(input.file), { mediaType: input.file.type });
	const house = byHouse ? await houseOf(context, cooperation.id) : null;
	await write
		.updateTable('agreementSignatures')
		.set({ replacedAt: context.now })
		.where('versionId', '=', version.id)
		.where('organisationId', '=', signatory.organisationId)
		.where('replacedAt', 'is', null)
		.execute();
	await write
		.insertInto('agreementSignatures')
		.values({
			id: newId(),
			versionId: version.id,
			organisationId: signatory.organisationId,
			file,
			signatory: input.signatory,
			capacity: input.capacity,
			signedOn: input.signedOn,
			notedAt: context.now,
			notedBy: personOf(context.actor),
			notedFor: house?.id ?? signatory.organisationId
		})
		.execute();
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: house ? 'agreement-signed-by-house' : 'agreement-signed',
		ids: { version: version.id, organisation: signatory.organisationId, sheet: file, house: house?.id ?? null },
		says: { organisation: signatory.name, n: version.n, signatory: input.signatory, house: house?.name ?? '' }
	});
	const path = `${pathOf(cooperation)}/versions/${version.n}`;
	if (house)
		await tellOthers(write, context, cooperation, {
			to: [signatory.organisationId],
			except: house.id,
			text: m.agreements_notice_attached({ house: house.name, organisation: signatory.name, cooperation: cooperation.name }),
			path
		});
	await tellOthers(write, context, cooperation, {
		to: accepted(cooperation),
		except: signatory.organisationId,
		text: m.agreements_notice_signed({ organisation: signatory.name, n: version.n, cooperation: cooperation.name }),
		path
	});
	return { organisation: signatory.name };
}

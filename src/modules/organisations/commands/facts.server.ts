import { tell } from '#modules/journal/commands.server.ts';
import type { Context, Writer } from '#platform/context.server.ts';
import { placeFrom } from '../commands.server.ts';
import { keepConfirmation } from './confirming.server.ts';

/** What an organisation may correct of itself by a link: neither its name nor its e-mail address, which open other doors. */
export type Facts = {
	purpose: string | null;
	commune: string | null;
	phone: string | null;
	website: string | null;
	channels: string[];
	/** Written when it changed, and printed on envelopes only: null leaves what is known. */
	street: string | null;
	postcode: string | null;
};

/** Keeps that an organisation said its facts were true, or corrected them. The caller has been allowed. */
export async function confirmFacts(
	write: Writer,
	context: Context,
	organisationId: string,
	corrected: Facts | null
): Promise<void> {
	const { now } = context;
	if (corrected) {
		const { commune, street, postcode, ...said } = corrected;
		await write
			.updateTable('organisations')
			.set({ ...said, ...placeFrom(commune), ...(street ? { street } : {}), ...(postcode ? { postcode } : {}), updatedAt: now })
			.where('id', '=', organisationId)
			.execute();
	}
	await keepConfirmation(write, context, organisationId, corrected ? 'corrected' : 'confirmed');
	await tell(write, context, {
		chain: { organisation: organisationId },
		verb: corrected ? 'facts-corrected' : 'facts-confirmed',
		says: {}
	});
}

import type { z } from 'zod';
import { tell } from '#modules/journal/commands.server.ts';
import type { Context } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { living } from '../stages/commands.server.ts';
import type { readingForm } from './forms.ts';
import { answersIn, formNames, questionIds, readForm } from './rules.ts';

/**
 * Keeps what a cooperation was found to be today, in the name of an organisation. Of two people who do it at once, both readings
 * are kept, and the later one says that another was made meanwhile.
 */
export async function keepReading(
	context: Context,
	cooperationId: string,
	{ id, answers: written, after, actingFor }: z.output<typeof readingForm>
): Promise<{ meanwhile: boolean }> {
	const { cooperation, write, by, person } = await living(context, cooperationId, actingFor);
	const sent = await write.selectFrom('readings').select(['cooperationId', 'meanwhile']).where('id', '=', id).executeTakeFirst();
	if (sent?.cooperationId === cooperation.id) return { meanwhile: sent.meanwhile !== null };
	if (sent) throw new Refused('forms.id-unreal');
	const answers = answersIn(written);
	if (questionIds.some((question) => answers[question] === undefined)) throw new Refused('cooperations.form-unfinished');
	const last = await write
		.selectFrom('readings')
		.select('id')
		.where('cooperationId', '=', cooperation.id)
		.orderBy('readAt', 'desc')
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirst();
	const meanwhile = last && last.id !== after ? last.id : null;
	const { forms } = readForm(answers);
	await write
		.insertInto('readings')
		.values({
			id,
			cooperationId: cooperation.id,
			answers: JSON.stringify(answers),
			forms,
			meanwhile,
			readAt: context.now,
			readBy: person,
			readFor: by.id
		})
		.execute();
	await tell(write, context, {
		chain: { cooperation: cooperation.id },
		verb: forms.length ? 'cooperation-qualified' : 'cooperation-qualified-early',
		ids: { organisation: by.id },
		says: { organisation: by.name, forms: formNames(forms) }
	});
	return { meanwhile: meanwhile !== null };
}

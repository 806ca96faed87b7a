import type { z } from 'zod';
import { m } from '#words';
import { speaker, writeCooperation } from '#modules/cooperations/commands.server.ts';
import { followParent } from '#modules/cooperations/origin/commands.server.ts';
import { mayTakePart } from '#modules/cooperations/policy.ts';
import { findCooperationById, pathOf } from '#modules/cooperations/queries.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { Refused } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { addLine } from '../commands.server.ts';
import type { copyForm } from './forms.ts';
import { listCopiable } from './queries.server.ts';
import { moved } from './rules.ts';

/**
 * Begins a cooperation from another: its name, the lines that were kept, written anew by the organisation that takes them up.
 * Nobody is invited by it, and nobody else's word is given: what another brought becomes a need, what another did has nobody yet.
 * Sent twice, it begins once.
 */
export async function copyCooperation(
	context: Context,
	fromId: string,
	{ id, name, sentence, weeks, lines, actingFor }: z.output<typeof copyForm>
): Promise<string> {
	const from = await findCooperationById(context, fromId);
	allow(context, mayTakePart(context.actor, from));
	const by = speaker(context, from, actingFor);
	const { write, cooperation, again } = await writeCooperation(context, { id, name, sentence, actingFor: by.id });
	const path = pathOf(cooperation);
	if (again) return path;
	const wanted = new Set(lines);
	const kept = (await listCopiable(context, from, by.id)).filter((line) => wanted.has(line.id));
	if (kept.length < wanted.size) throw new Refused('lines.copy-changed');
	await followParent(write, context, id, { parentId: from.id, by: by.id });
	const begun = await findCooperationById(context, id);
	for (const line of kept) {
		const other = line.whoOrganisation !== null && line.whoOrganisation !== by.id ? line.whoOrganisationName : null;
		const anothers = line.kind === 'contribution' && (line.whoOrganisation ?? line.actingFor) !== by.id;
		const text = anothers
			? m.lines_copied_contribution({ who: other ?? line.speaker, text: line.text })
			: other
				? m.lines_copied_was({ who: other, text: line.text })
				: line.text;
		await addLine(write, context, begun, {
			...line,
			id: newId(),
			kind: anothers ? 'need' : line.kind,
			topic: anothers ? null : line.topic,
			text: text.slice(0, 2000),
			evidence: 'direct',
			source: { kind: 'page', id: line.root },
			speaker: by,
			whoOrganisation: other ? null : line.whoOrganisation,
			whoPerson: other ? null : line.whoPerson,
			heldBy: line.heldBy === by.id ? by.id : null,
			startsOn: moved(line.startsOn, Number(weeks)),
			endsOn: moved(line.endsOn, Number(weeks)),
			// An amount was a promise of its year.
			cents: line.kind === 'contribution' ? null : line.cents,
			quantity: line.kind === 'contribution' ? null : line.quantity,
			about: null
		});
	}
	await tell(write, context, {
		chain: { cooperation: id },
		verb: 'cooperation-copied',
		ids: { organisation: by.id },
		says: { organisation: by.name, n: kept.filter(({ audience }) => audience !== 'organisation').length }
	});
	return path;
}

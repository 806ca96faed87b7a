import { speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperation, inCooperation } from '#modules/cooperations/queries.server.ts';
import { hoursOf } from '#modules/sessions/queries.server.ts';
import { askForReminder, noteAsLastMonth, noteMonth, shareHours } from '#modules/worth/hours/commands.server.ts';
import { monthAsked, monthForm, sameForm, shareForm } from '#modules/worth/hours/forms.ts';
import { findShare, isReminded, listMonths, listOwnAims, listShared } from '#modules/worth/hours/queries.server.ts';
import { drawMonths, openMonths } from '#modules/worth/hours/rules.ts';
import { ownHere } from '#modules/worth/queries.server.ts';
import { today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

type Params = { cooperation: string };

export const load = page('signed in', async (context, { cooperation: address }: Params, url) => {
	const cooperation = await findCooperation(context, address);
	const { own, others } = ownHere(cooperation, speaksHereFor(context.actor, cooperation), url.searchParams.get('structure'));
	const id = own.organisationId;
	const { zone } = cooperation;
	const open = openMonths({ begun: today(cooperation.begunAt, zone), today: today(context.now, zone) });
	const asked = monthAsked(url.searchParams.get('mois'));
	const month = asked && open.includes(asked) ? asked : open[0]!;
	const months = await listMonths(context, cooperation.id, id);
	const sessions = await hoursOf(context, cooperation.id, id);
	return {
		cooperation,
		own: { id, name: own.name },
		others,
		open,
		month,
		noted: months.find((one) => one.month === month) ?? null,
		before: months.find((one) => one.month < month)?.minutes ?? null,
		months,
		picture: drawMonths(months),
		total: months.reduce((sum, { minutes }) => sum + minutes, 0),
		sessions: { minutes: sessions.volunteers + sessions.employees, count: sessions.sessions },
		aims: await listOwnAims(context, cooperation, id),
		sharedAt: await findShare(context, cooperation.id, id),
		reminded: await isReminded(context, id),
		shared: await listShared(context, cooperation),
		newId: newId(),
		sameId: newId()
	};
});

/** Somebody of several structures comes back to the hours of the one for which they did it. */
const forOwn =
	<Input extends { actingFor: string | null }>(
		run: (context: Context, cooperationId: string, input: Input) => Promise<unknown>
	) =>
	async (context: Context, input: Input, params: Params): Promise<string | null> => {
		await inCooperation(run)(context, input, params);
		return input.actingFor;
	};
const to = (own: string | null, { cooperation }: Params) =>
	`/cooperations/${cooperation}/heures${own ? `?structure=${own}` : ''}`;

export const actions = {
	note: action('signed in', monthForm, forOwn(noteMonth), { to, say: () => m.worth_noted() }),
	same: action('signed in', sameForm, forOwn(noteAsLastMonth), { to, say: () => m.worth_noted() }),
	share: action('signed in', shareForm, forOwn(shareHours), { to, say: () => m.worth_share_changed() }),
	remind: action('signed in', shareForm, forOwn(askForReminder), { to, say: () => m.worth_reminder_changed() })
};

import { speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { speakersHere } from '#modules/cooperations/rules.ts';
import { listLines } from '#modules/lines/queries.server.ts';
import { cancelSession, changeSession, moveSession } from '#modules/sessions/commands.server.ts';
import { noteHours, noteSession, noteSupplier } from '#modules/sessions/commands/noting.server.ts';
import { cancelForm, changeForm, hoursForm, moveForm, noteForm, supplierForm } from '#modules/sessions/forms.ts';
import { abilities } from '#modules/sessions/policy.ts';
import { findSession } from '#modules/sessions/queries.server.ts';
import { stateOf, whenSaid } from '#modules/sessions/rules.ts';
import { duration, wall } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { m } from '#words';

type Params = { cooperation: string; session: string };

export const load = page('signed in', async (context, params: Params) => {
	const cooperation = await findCooperation(context, params.cooperation);
	const session = await findSession(context, cooperation, params.session);
	const can = abilities(context.actor, cooperation);
	const mine = speaksHereFor(context.actor, cooperation);
	const lines = await listLines(context, cooperation.id, ['public']);
	const counted = (root: string) => session.attendance.find(({ publicRoot }) => publicRoot === root)?.people ?? null;
	const own = mine.length === 1 ? mine[0] : null;
	const spent = (whose: string) => {
		const found = session.hours.find((one) => one.organisationId === own && one.whose === whose);
		return found ? duration(found.minutes) : null;
	};
	return {
		cooperation,
		session: {
			...session,
			state: stateOf(session, context.now),
			when: whenSaid(session, context.now),
			before: session.movedFrom
				? whenSaid(
						{
							...session,
							startsAt: session.movedFrom,
							endsAt: new Date(session.movedFrom.getTime() + session.endsAt.getTime() - session.startsAt.getTime())
						},
						context.now
					)
				: null,
			...wall(session.startsAt, session.zone),
			length: duration((session.endsAt.getTime() - session.startsAt.getTime()) / 60_000)
		},
		can,
		supplierId: newId(),
		spent: { volunteers: spent('volunteers'), employees: spent('employees') },
		publics: lines
			.filter(({ root, audience }) => audience !== 'organisation' || counted(root) !== null)
			.map(({ root, text }) => ({ root, text, people: counted(root) })),
		partners: cooperation.accepted.map(({ organisationId, name }) => ({ value: organisationId, label: name })),
		speakers: speakersHere(context.actor, cooperation, mine)
	};
});

const here = async (context: Context, { cooperation }: Params) => (await findCooperation(context, cooperation)).id;

export const actions = {
	note: action(
		'signed in',
		noteForm,
		async (context, input, params: Params) => noteSession(context, await here(context, params), params.session, input),
		{ say: () => m.sessions_noted() }
	),
	hours: action(
		'signed in',
		hoursForm,
		async (context, input, params: Params) => noteHours(context, await here(context, params), params.session, input),
		{ say: () => m.sessions_noted() }
	),
	supplier: action(
		'signed in',
		supplierForm,
		async (context, input, params: Params) => noteSupplier(context, await here(context, params), params.session, input),
		{ say: () => m.sessions_supplier_saved() }
	),
	change: action(
		'signed in',
		changeForm,
		async (context, input, params: Params) => changeSession(context, await here(context, params), params.session, input),
		{ to: ({ path }) => path, say: () => m.sessions_changed() }
	),
	move: action(
		'signed in',
		moveForm,
		async (context, input, params: Params) => moveSession(context, await here(context, params), params.session, input),
		{ say: () => m.sessions_moved() }
	),
	cancel: action(
		'signed in',
		cancelForm,
		async (context, input, params: Params) => cancelSession(context, await here(context, params), params.session, input),
		{ say: () => m.sessions_cancelled() }
	)
};

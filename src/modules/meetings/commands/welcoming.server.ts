import { m } from '#words';
import { mayAnswerFor, mayNoteFor } from '#modules/cooperations/policy.ts';
import { findCooperationById, type Cooperation } from '#modules/cooperations/queries.server.ts';
import { contactOf } from '#modules/organisations/queries/reaching.server.ts';
import { peopleOf } from '#modules/organisations/queries/people.server.ts';
import { allow, type Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { invite, writeTo } from '../commands.server.ts';
import { askAlso } from '../polls/commands/inviting.server.ts';
import { listComing } from '../queries.server.ts';

/** The people of a partner that has just accepted are invited to the meetings to come, and asked by the open polls. */
export async function welcomePartner(context: Context, cooperationId: string, partnerId: string): Promise<void> {
	const cooperation = await findCooperationById(context, cooperationId);
	const partner = cooperation.accepted.find(({ id }) => id === partnerId);
	if (!partner) throw new NotFound();
	const { organisationId } = partner;
	const write = allow(context, mayAnswerFor(context.actor, partner) || mayNoteFor(context.actor, cooperation));
	const people = await peopleOf(write, [organisationId]);
	const contact = people.length ? null : await contactOf(write, organisationId);
	const known = contact?.email ? [{ personId: null, ...contact, organisationId }] : people;
	const asked = known.length ? known : [{ personId: null, name: partner.name, email: null, organisationId }];
	await askAlso(write, context, cooperation, asked);
	for (const meeting of await listComing(context, cooperation, { person: null, organisations: [organisationId], link: null })) {
		if (meeting.cancelledAt) continue;
		const invited = await invite(write, context, meeting.id, asked);
		await writeTo(write, context, cooperation, meeting, invited, 'invited', {
			id: null,
			name: convenerOf(cooperation, meeting)
		});
	}
}

const convenerOf = ({ partners }: Cooperation, { actingFor }: { actingFor: string }): string =>
	partners.find(({ organisationId }) => organisationId === actingFor)?.name ?? m.shell_title();

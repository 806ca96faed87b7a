import { envelopesFor } from '#modules/hubs/queries.server.ts';
import { livingRelationsOf } from '#modules/hubs/queries/relations.server.ts';
import { summariesOf } from '#modules/organisations/queries.server.ts';
import { phoneOf } from '#modules/organisations/queries/reaching.server.ts';
import { today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { Forbidden, NotFound, Refused } from '#platform/errors.ts';
import type { Letters } from '#platform/pdf/letters.server.ts';
import { word } from '#platform/say.ts';
import { m } from '#words';
import { mayPrintLetters } from './policy.ts';
import type { Cooperation } from './queries.server.ts';
import { answerable, beyondName, standingOf } from './rules.ts';

/** Who writes on paper in the name of an organisation, and whom one can call: the house that accompanies, else the organisation. */
export async function letterhead(context: Context, cooperationId: string, organisationId: string) {
	const organisation = (await summariesOf(context.db, [organisationId])).get(organisationId);
	if (!organisation) throw new NotFound();
	const own = await phoneOf(context.db, organisationId);
	const hub = (await livingRelationsOf(context.db, cooperationId)).find(({ hubPhone }) => hubPhone);
	return {
		name: organisation.name,
		phone: own ?? (hub ? `${hub.hubPhone} (${hub.hubName})` : null),
		from: [organisation.name, ...(organisation.place ? [organisation.place] : []), ...(own ? [own] : [])]
	};
}

/** Letters that invite the partners who have not answered yet, or one of them: what to print for those without e-mail. */
export async function invitationLetters(context: Context, cooperation: Cooperation, only: string | null): Promise<Letters> {
	if (!mayPrintLetters(context.actor, cooperation)) throw new Forbidden();
	if (cooperation.endedAt) throw new Refused('cooperations.ended');
	const asked = cooperation.partners.filter((one) => (only ? one.id === only : standingOf(one) === 'invited'));
	if (!asked.length) throw new Refused('cooperations.letter-nobody');
	for (const partner of asked) answerable(partner);
	const envelopes = await envelopesFor(
		context,
		asked.map(({ organisationId }) => organisationId)
	);
	const inviters = [...new Set(asked.map(({ invitedFor }) => invitedFor ?? cooperation.accepted[0]?.organisationId ?? ''))];
	const heads = new Map<string, Awaited<ReturnType<typeof letterhead>>>();
	for (const id of inviters) heads.set(id, await letterhead(context, cooperation.id, id));
	const accepted = cooperation.accepted.map(({ name }) => name).join(', ');
	const letters = asked.map((partner) => {
		const head = heads.get(partner.invitedFor ?? cooperation.accepted[0]?.organisationId ?? '')!;
		return {
			from: head.from,
			to: envelopes.get(partner.organisationId)!,
			subject: m.cooperations_letter_subject({ inviter: head.name }),
			paragraphs: [
				[m.cooperations_letter_project({ name: cooperation.name }), beyondName(cooperation)].filter(Boolean).join(' '),
				...(accepted ? [m.cooperations_letter_partners({ partners: accepted })] : []),
				m.cooperations_letter_after(),
				m.cooperations_invite_mail_free()
			],
			facts: [
				[m.cooperations_letter_role(), [word(`cooperations_role_${partner.role}`), partner.place].filter(Boolean).join(', ')] as [
					string,
					string
				]
			],
			slip: {
				title: m.cooperations_letter_slip({ name: cooperation.name }),
				choices: [m.cooperations_letter_yes(), m.cooperations_letter_talk(), m.cooperations_letter_no()],
				blanks: [m.cooperations_letter_number()],
				to: head.name,
				phone: head.phone
			}
		};
	});
	const issuer = letters[0]!.slip.to;
	return {
		letters,
		title: `${m.cooperations_letter_file()}, ${cooperation.name}`,
		issuer,
		date: context.now,
		day: today(context.now, cooperation.zone)
	};
}

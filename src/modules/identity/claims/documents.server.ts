import { longDay, today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { typeset } from '#platform/pdf/pdf.server.ts';
import { address } from '#platform/running.server.ts';
import { hashToken } from '#platform/secrets.server.ts';
import { m } from '#words';
import { findClaim, mayDecideOn, seatOf } from './queries.server.ts';
import { codeFrom } from './rules.ts';

/** The letter to the official seat, for whoever holds the key from which its code is made. */
export async function letterOf(context: Context, claimId: string, key: string): Promise<Uint8Array> {
	const claim = await findClaim(context, claimId);
	if (!(await mayDecideOn(context, claim))) throw new NotFound();
	const seat = await seatOf(context, claim);
	if (!claim.letterKey || !hashToken(key).equals(claim.letterKey) || !seat || !claim.codeExpiresAt) throw new NotFound();
	const { name } = claim;
	const day = (at: Date) => today(at, 'Europe/Paris');
	const { pdf } = await typeset(
		'src/modules/identity/claims/letter.typ',
		{
			title: m.identity_letter_title({ name }),
			issuer: m.shell_title(),
			seat: { name: seat.name, street: seat.street, postcode: seat.postcode, commune: seat.communeName ?? '' },
			paragraphs: [m.identity_letter_why({ person: claim.person, name }), m.identity_letter_how({ address: address('/') })],
			code: codeFrom(key),
			after: [m.identity_letter_until({ when: longDay(day(claim.codeExpiresAt), day(context.now)) }), m.identity_letter_ignore()]
		},
		{ date: claim.letterAt ?? context.now }
	);
	return pdf;
}

import { longDay, today } from '#platform/clock.ts';
import { typeset } from '#platform/pdf/pdf.server.ts';
import { word } from '#platform/say.ts';
import { m } from '#words';
import type { Cooperation } from '#modules/cooperations/queries.server.ts';
import type { Pitch } from './queries.server.ts';

/** From the usual size to one that is still read without effort: the page is one, whatever was chosen. */
const sizes = [10.5, 9.5, 8.5, 8] as const;

/** The page that is handed to its addressee: exactly one. */
export async function pitchOnPaper(
	cooperation: Pick<Cooperation, 'name' | 'zone'>,
	pitch: Pitch,
	issuer: string
): Promise<Uint8Array> {
	const data = onPaper(cooperation, pitch, issuer);
	const print = (size: number) => typeset('src/modules/pitches/pitch.typ', { ...data, size }, { date: pitch.madeAt });
	const [largest, ...smaller] = sizes;
	let printed = await print(largest);
	for (const size of smaller) if (printed.pages > 1) printed = await print(size);
	return printed.pdf;
}

/** What the template needs, in words. */
export function onPaper(cooperation: Pick<Cooperation, 'name' | 'zone'>, pitch: Pitch, issuer: string) {
	const { content } = pitch;
	const day = today(pitch.madeAt, cooperation.zone);
	const parts = [
		{ title: word(`pitches_gains_${pitch.addresseeKind}`), items: content.gains },
		{ title: m.pitches_asked(), items: content.asked },
		{ title: m.pitches_proven(), items: content.proven }
	];
	return {
		title: cooperation.name,
		kicker: m.pitches_for({ addressee: pitch.addressee }),
		opening: pitch.opening,
		description: m.pitches_paper_title({ addressee: pitch.addressee, cooperation: cooperation.name }),
		issuer,
		partners: m.pitches_partners({ names: content.partners }),
		facts: content.facts,
		sentence: content.sentence,
		parts: parts.filter(({ items }) => items.length),
		foot: m.pitches_foot({ organisation: issuer, day: longDay(day, '0000-01-01') })
	};
}

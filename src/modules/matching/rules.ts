import { suits, type Kind, type Side, type Way } from '#modules/needs/rules.ts';
import { far, reach, weights } from './rules/weights.ts';
import { inCommon } from './rules/words.ts';

/** One thing that is looked for: of one of these kinds (any, when none is said), in these words. */
export type Wanted = {
	text: string;
	kinds: readonly Kind[];
	way: Way | null;
	startsOn: string | null;
	endsOn: string | null;
	quantity: string | null;
	unit: string | null;
};

/** Something that is looked for, of which nothing more is said: no way of getting it, no date, no quantity. */
export const wantedAs = (text: string, kinds: readonly Kind[]): Wanted => ({
	text,
	kinds,
	way: null,
	startsOn: null,
	endsOn: null,
	quantity: null,
	unit: null
});

/** One thing that an organisation offers, or looks for. */
export type Said = {
	text: string;
	kind: Kind;
	way: Way | null;
	startsOn: string | null;
	endsOn: string | null;
	quantity: string | null;
	unit: string | null;
};

/** What an organisation, an idea or a cooperation says of itself. */
export type Speaking = { audiences: readonly string[]; themes: readonly string[]; purpose: string; channels: readonly string[] };

/**
 * Who asks: what is missing, what they could give in return, what they are about. Who has an offer (`side`) looks for those who need it:
 * what is offered is then what is wanted.
 */
export type Asking = Speaking & { side: Side; wanted: readonly Wanted[]; gives: readonly Said[] };

/** An organisation that may be suggested, as far as the asker may know it. */
export type Candidate = Speaking & {
	id: string;
	km: number | null;
	/** `km` where the thing itself is; when it is not said, where the organisation is. */
	offers: readonly (Said & { km?: number | null })[];
	needs: readonly Said[];
	constraints: string | null;
	/** Cooperations of the asker in which it takes or took part. */
	together: readonly string[];
	/** Partners of the asker with which it stands on a public page. */
	through: readonly string[];
};

export type Reason =
	| { is: 'near'; km: number }
	| { is: 'brings'; text: string }
	| { is: 'may-bring'; text: string }
	| { is: 'wants'; text: string }
	| { is: 'available' }
	| { is: 'audiences' | 'themes' | 'together' | 'through' | 'mission' | 'channels'; words: string[] };

export type Reservation =
	| { is: 'far'; km: number }
	| { is: 'elsewhere'; km: number }
	| { is: 'nowhere' }
	| { is: 'fewer'; has: string; wanted: string; unit: string }
	| { is: 'partly'; startsOn: string | null; endsOn: string | null }
	| { is: 'rather'; way: Way }
	| { is: 'by-voice' }
	| { is: 'constraints'; text: string };

export type Weighed = {
	id: string;
	km: number | null;
	score: number;
	reasons: Reason[];
	reservations: Reservation[];
	covers: number[];
	/** Those of `covers` where only the kind agrees. */
	unsure: number[];
};

/** How well what is offered answers what is looked for, or the other way round: not at all, by its kind alone, or by its words too. */
export function answers(wanted: Wanted, offer: Said, side: Side = 'need'): 'no' | 'kind' | 'words' {
	const ofKind = wanted.kinds.length === 0 || wanted.kinds.includes(offer.kind);
	if (!ofKind || !(side === 'need' ? suits(wanted, offer) : suits(offer, wanted))) return 'no';
	if (inCommon(wanted.text, offer.text).length > 0) return 'words';
	return wanted.kinds.length === 0 ? 'no' : 'kind';
}

type Days = Pick<Said, 'startsOn' | 'endsOn'>;
const dated = ({ startsOn, endsOn }: Days): boolean => startsOn !== null || endsOn !== null;

/** Whether an offer that says when holds all of the days that are needed; null when one of them says no day. */
const available = (need: Days, offer: Days): boolean | null =>
	dated(need) && dated(offer)
		? (offer.startsOn ?? '0000') <= (need.startsOn ?? '0000') && (offer.endsOn ?? '9999') >= (need.endsOn ?? '9999')
		: null;

type Offer = Candidate['offers'][number];
type Answer = { said: Offer; by: 'kind' | 'words'; available: boolean; reservations: Reservation[] };

/** How one thing that was found answers, and what somebody should know before they count on it. */
function answering(side: Side, wanted: Wanted, said: Offer): Answer | null {
	const by = answers(wanted, said, side);
	if (by === 'no') return null;
	const [need, offer] = side === 'need' ? [wanted, said] : [said, wanted];
	const reservations: Reservation[] = [];
	const unit = need.unit ?? '';
	const alike = plain(offer.unit ?? '') === plain(unit) || inCommon(offer.unit ?? '', unit).length > 0;
	if (alike && offer.quantity !== null && need.quantity !== null && Number(offer.quantity) < Number(need.quantity))
		reservations.push({ is: 'fewer', has: offer.quantity, wanted: need.quantity, unit });
	const there = available(need, offer);
	if (there === false) reservations.push({ is: 'partly', startsOn: said.startsOn, endsOn: said.endsOn });
	if (side === 'need' && offer.way !== null && offer.way !== 'borrow' && need.way === null)
		reservations.push({ is: 'rather', way: offer.way });
	if (side === 'need' && said.km !== undefined && said.km !== null && said.km > far)
		reservations.push({ is: 'elsewhere', km: said.km });
	return { said, by, available: there === true, reservations };
}

const same = (a: readonly string[], b: readonly string[]): string[] => {
	const known = new Set(a.map((one) => plain(one)));
	return [...new Map(b.filter((one) => known.has(plain(one))).map((one) => [plain(one), one])).values()];
};
const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').trim().toLowerCase();

/** Points for being near: the nearer the more, never less. */
export const nearness = (km: number | null): number => (km === null ? 0 : weights.near * Math.max(0, 1 - km / reach));

/** What an organisation has for one thing, the best first: by its words, there when needed, with the fewest reservations; then the shortest. */
const answersOf = ({ side }: Asking, wanted: Wanted, offers: readonly Offer[]): Answer[] =>
	offers
		.map((said) => answering(side, wanted, said))
		.filter((one) => one !== null)
		.toSorted(
			(a, b) =>
				Number(b.by === 'words') - Number(a.by === 'words') ||
				Number(b.available) - Number(a.available) ||
				a.reservations.length - b.reservations.length ||
				a.said.text.length - b.said.text.length
		);

/** Points for what an organisation brings: for sure or by its kind alone, and for being there when it is needed. */
const worth = ({ by, available: there }: Answer): number =>
	(by === 'words' ? weights.brings : weights.mayBring) + (there ? weights.available : 0);

/** Weighs one organisation for who asks: points, reasons and reservations in their order; null when nothing but its place speaks for it. */
export function weigh(asking: Asking, candidate: Candidate): Weighed | null {
	const reasons: Reason[] = [];
	const reservations: Reservation[] = [];
	const covers: number[] = [];
	const unsure: number[] = [];
	let score = 0;
	const all = asking.wanted.map((wanted) => answersOf(asking, wanted, candidate.offers));
	const met = all.map(([first]) => first ?? null);
	const points = met.map((found) => (found ? worth(found) : 0)).toSorted((a, b) => b - a);
	for (const point of points.slice(0, weights.bringsAtMost)) score += point;
	for (const [index, found] of met.entries()) {
		if (found) covers.push(index);
		if (found?.by === 'kind') unsure.push(index);
	}
	const shown = new Set<string>();
	// Words first: an offer that answers one thing by its words has nothing « à vérifier » because it is of the kind of another.
	for (const by of ['words', 'kind'])
		for (const found of met) {
			if (found?.by !== by || shown.has(found.said.text)) continue;
			const { text } = found.said;
			shown.add(text);
			reasons.push({ is: by === 'kind' ? 'may-bring' : asking.side === 'need' ? 'brings' : 'wants', text });
			if (found.available) reasons.push({ is: 'available' });
			reservations.push(...found.reservations);
		}
	const list = (
		is: 'audiences' | 'themes' | 'together' | 'through' | 'mission' | 'channels',
		words: readonly string[],
		each: number,
		atMost: number
	) => {
		if (!words.length) return;
		score += each * Math.min(words.length, atMost);
		reasons.push({ is, words: words.slice(0, 4) });
	};
	const wants = candidate.needs.filter((need) =>
		asking.gives.some((offer) => answers({ ...need, kinds: [need.kind] }, offer) === 'words')
	);
	for (const need of wants.slice(0, weights.wantsAtMost)) {
		score += weights.wants;
		reasons.push({ is: 'wants', text: need.text });
	}
	list('together', candidate.together, weights.together, 1);
	list('audiences', same(asking.audiences, candidate.audiences), weights.audience, weights.audienceAtMost);
	list('themes', same(asking.themes, candidate.themes), weights.theme, weights.themeAtMost);
	list('through', candidate.through, weights.through, 1);
	list('mission', inCommon(asking.purpose, candidate.purpose), weights.mission, weights.missionAtMost);
	if (!reasons.length) return null;
	const { channels } = candidate;
	// as near as it is, or as anything that it has for this
	const known = [candidate.km, ...all.flat().map(({ said }) => said.km ?? null)].filter((one) => one !== null);
	const km = known.length ? Math.min(...known) : null;
	list('channels', same(asking.channels, channels), weights.channel, 1);
	score += nearness(km);
	if (km === null) reservations.push({ is: 'nowhere' });
	else if (km > far) reservations.unshift({ is: 'far', km });
	else reasons.unshift({ is: 'near', km });
	if (channels.length && !channels.some((one) => one === 'email' || one === 'messaging')) reservations.push({ is: 'by-voice' });
	if (candidate.constraints) reservations.push({ is: 'constraints', text: candidate.constraints });
	return { id: candidate.id, km, score: Math.round(score * 1e6) / 1e6, reasons, reservations, covers, unsure };
}

const week = 7 * 86_400_000;

/** Where an asker's turn stands: another for each asker, one further each week, so that equals take turns over a season. */
export function turnOf(asker: string, now: Date): number {
	let hash = 0;
	for (const letter of asker) hash = (hash * 31 + letter.charCodeAt(0)) >>> 0;
	return (hash % 100_000) + Math.floor(now.getTime() / week);
}

/** Weeks of a season: as many different ones are first in it as can be. */
const season = 13;

/** Which of so many equals is first. A few move up by one each week; many move up by more, so that a season comes round them all. */
const firstOf = (equals: number, turn: number): number =>
	(equals <= season ? turn : Math.floor((turn * equals) / season) + Math.floor(turn / season)) % equals;

// two whose places are not known are as far as one another
const apart = (a: Weighed, b: Weighed): number => b.score - a.score || (a.km ?? Infinity) - (b.km ?? Infinity) || 0;

/** The order in which organisations are suggested: by points, then the nearer; equals take turns to be first. */
export function rank(weighed: readonly Weighed[], turn: number): Weighed[] {
	const sorted = weighed.toSorted((a, b) => apart(a, b) || (a.id < b.id ? -1 : 1));
	const ranked: Weighed[] = [];
	for (let at = 0; at < sorted.length;) {
		let end = at + 1;
		while (end < sorted.length && sorted[end]!.score === sorted[at]!.score && sorted[end]!.km === sorted[at]!.km) end++;
		const equals = sorted.slice(at, end);
		const first = firstOf(equals.length, turn);
		ranked.push(...equals.slice(first), ...equals.slice(0, first));
		at = end;
	}
	return ranked;
}

/** The organisations to suggest among those that may be, in their order. Who refused to be suggested never is. */
export function suggest(
	asking: Asking,
	candidates: readonly Candidate[],
	{ turn, refused }: { turn: number; refused: ReadonlySet<string> }
): Weighed[] {
	const weighed = candidates.filter(({ id }) => !refused.has(id)).map((one) => weigh(asking, one));
	return rank(
		weighed.filter((one) => one !== null),
		turn
	);
}

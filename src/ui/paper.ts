// The four coloured papers, by the step of the journey that each one stands for; `none` is plain paper.
export type Step = 'define' | 'clarify' | 'plan' | 'evaluate' | 'none';

// The five stamps: done, under way, to come, needs someone, blocked.
export type State = 'fait' | 'cours' | 'attente' | 'alerte' | 'bloque';

// The tenon of an organisation's piece.
export type Shape = 'round' | 'point' | 'square';
const shapes: readonly Shape[] = ['round', 'point', 'square'];

// Partners keep their shape as long as they keep their place in the list.
export function shapeAt(index: number): Shape {
	return shapes[index % 3]!;
}

// Two letters for a person or an organisation: the first letters of its two first weighty words.
export function initials(name: string): string {
	const words = name
		.normalize('NFC')
		.split(/[^\p{L}\p{N}]+/u)
		.filter(Boolean);
	const small = new Set(['l', 'd', 'la', 'le', 'les', 'de', 'du', 'des', 'et', 'en', 'à', 'au', 'aux', 'un', 'une', 'a']);
	const weighty = words.filter((word) => !small.has(word.toLocaleLowerCase('fr')));
	const chosen = weighty.length >= 2 ? weighty : words;
	const letters = chosen.length >= 2 ? chosen[0]![0]! + chosen[1]![0]! : (chosen[0] ?? '?').slice(0, 2);
	return letters.toLocaleUpperCase('fr');
}

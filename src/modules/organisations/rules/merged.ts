/**
 * What counts of what was kept for organisations that became one: what the one that was kept answered, unless only another did. Without
 * any answer, what was kept for that one.
 */
export function ofOne<T extends { mergedInto: string | null; answer: string | null }>(same: readonly T[]): T {
	const keptFirst = same.toSorted((a, b) => Number(a.mergedInto !== null) - Number(b.mergedInto !== null));
	return keptFirst.find(({ answer }) => answer) ?? keptFirst[0]!;
}

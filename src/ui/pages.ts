// The page numbers worth a link: the first, the last, and those around the current one; null where some are left out.
export function pagesAround(page: number, count: number): (number | null)[] {
	const kept = Array.from({ length: count }, (_, index) => index + 1).filter(
		(n) => n === 1 || n === count || Math.abs(n - page) <= 1
	);
	return kept.flatMap((n, index) => {
		const before = kept[index - 1] ?? 0;
		if (n - before === 2) return [n - 1, n];
		return n - before > 2 ? [null, n] : [n];
	});
}

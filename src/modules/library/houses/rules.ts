/** What a house writes or adapts. */
export const kinds = ['model', 'clause', 'grid', 'guide'] as const;
export type Kind = (typeof kinds)[number];

/** More questions than this would be no agenda. */
const mostQuestions = 40;

/** The questions of a grid, one a line; what numbers or marks a line is left out. A title that ends with a colon asks nothing. */
export const questionsIn = (body: string): string[] =>
	[
		...new Set(
			body
				.split(/\r?\n/)
				.map((line) => line.replace(/^\s*(?:[-–•*·]|\d{1,3}[.)°])\s*/, '').trim())
				.filter((line) => line && !line.endsWith(':'))
				.map((line) => line.slice(0, 300))
		)
	].slice(0, mostQuestions);

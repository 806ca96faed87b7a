import { formIds, workingForms, type FormId } from '#content/forms/forms.ts';
import { formQuestions, type QuestionItem } from '#content/forms/questions.ts';

/** « Nous ne savons pas encore »: an answer like any other. */
export const unknown = 'unknown';

export const questionIds = ['what', 'who', 'whose', 'work', 'steering', 'persons'] as const;
export type QuestionId = (typeof questionIds)[number];

/** What was answered to each question; a question that isn't there is not known yet. */
export type Answers = Partial<Record<QuestionId, string>>;

export const questions: readonly QuestionItem[] = formQuestions;

const questionOf = (id: QuestionId): QuestionItem => questions[questionIds.indexOf(id)]!;
export const answerOf = (question: QuestionId, id: string | undefined) =>
	questionOf(question).answers.find((one) => one.id === id);

/** Whether a text is an answer to that question. */
export const isAnswer = (question: QuestionId, id: string): boolean => id === unknown || answerOf(question, id) !== undefined;

/** The answers in an address: one word for each question, in their order; what is no answer counts as not answered. */
export function answersIn(text: string): Answers {
	const words = text.slice(0, 200).split('.');
	return Object.fromEntries(
		questionIds.flatMap((question, n) => (isAnswer(question, words[n] ?? '') ? [[question, words[n]!]] : []))
	);
}
export const answersAs = (answers: Answers): string => questionIds.map((question) => answers[question] ?? '').join('.');

/** The forms that answers lead to, the likelier first; none when it is too early to say. */
function formsOf({ what, who, whose, work, steering, persons }: Answers): FormId[] {
	if (persons === 'merged') return ['merger'];
	if (persons === 'grouped') return ['grouping'];
	const together = who === 'associations' && work === 'built' && steering === 'together';
	if (what === 'means') return together ? ['pooling', 'cooperation'] : ['pooling'];
	if (what === 'thinking') return together ? ['joint-reflection', 'cooperation'] : ['joint-reflection'];
	if (whose === 'one')
		return work === 'built' || (steering === 'together' && who === 'associations')
			? ['collaboration', 'partnership']
			: ['collaboration'];
	const several = whose === 'several';
	if (work === 'part') return several ? ['partnership'] : ['collaboration', 'partnership'];
	if (who === 'one' || who === 'none') {
		if (several || work === 'tasks' || work === 'built' || steering === 'together' || steering === 'each') return ['partnership'];
		return what === 'action' || steering === 'one' ? ['collaboration', 'partnership'] : [];
	}
	if (work === 'tasks')
		return steering === 'together' && who === 'associations' ? ['cooperation', 'partnership'] : ['partnership'];
	if (steering === 'one') return several || work === 'built' || who === 'associations' ? ['partnership'] : ['collaboration'];
	if (steering === 'each') return ['partnership'];
	if (work === 'built') return who === 'associations' ? ['cooperation'] : ['cooperation', 'partnership'];
	if (who === 'associations')
		return what === 'action' || steering === 'together' ? ['cooperation'] : several ? ['partnership', 'cooperation'] : [];
	return several || steering === 'together' ? ['partnership', 'cooperation'] : [];
}

/** Another answer to one question, and the forms that it would lead to. */
export type Change = { form: FormId; question: QuestionId; answer: string };

export type Reading = {
	/** Two when both are right; none when it is too early. */
	forms: FormId[];
	/** The answers that led there. */
	why: { question: QuestionId; answer: string }[];
	/** For each form that is near, the one answer that would lead there. */
	whatWouldChangeIt: Change[];
	/** Answers that speak for something else, and how much is not known. */
	doubts: { against: { question: QuestionId; answer: string }[]; unknown: QuestionId[] };
};

const known = (answers: Answers) =>
	questionIds.flatMap((question) => {
		const answer = answerOf(question, answers[question]);
		return answer ? [{ question, answer: answer.id, speaksFor: answer.speaksFor }] : [];
	});

/** Reads what a form of working together is from what was answered. Total: whatever was answered, it says something. */
export function readForm(answers: Answers): Reading {
	const forms = formsOf(answers);
	const said = known(answers);
	const speaks = (one: { speaksFor: readonly FormId[] }) => one.speaksFor.some((form) => forms.includes(form));
	const changes: Change[] = [];
	for (const question of questionIds)
		for (const { id } of questionOf(question).answers) {
			if (answers[question] === id) continue;
			const [form, second] = formsOf({ ...answers, [question]: id });
			for (const reached of [form, second])
				if (reached && !forms.includes(reached)) changes.push({ form: reached, question, answer: id });
		}
	// For each form one answer is enough: the one that says it most plainly.
	const plainest = ({ form, question, answer }: Change) => answerOf(question, answer)!.speaksFor.includes(form);
	const whatWouldChangeIt = formIds.flatMap((form) => {
		const ways = changes.filter((change) => change.form === form);
		return ways.find(plainest) ?? ways[0] ?? [];
	});
	const plain = (one: { question: QuestionId; answer: string }) => ({ question: one.question, answer: one.answer });
	return {
		forms,
		why: forms.length ? said.filter(speaks).map(plain) : [],
		whatWouldChangeIt,
		doubts: {
			against: forms.length ? said.filter((one) => !speaks(one)).map(plain) : [],
			unknown: questionIds.filter((question) => answerOf(question, answers[question]) === undefined)
		}
	};
}

/** What changed between two readings: the questions that were answered otherwise. */
export const changedAnswers = (before: Answers, after: Answers): QuestionId[] =>
	questionIds.filter((question) => (before[question] ?? unknown) !== (after[question] ?? unknown));

export const formItem = (id: FormId) => workingForms[formIds.indexOf(id)]!;

/** « une collaboration ou un partenariat ». */
export const formNames = (forms: readonly FormId[]): string =>
	new Intl.ListFormat('fr', { type: 'disjunction' }).format(
		forms.map((form) => formItem(form).name.replace(/^./, (first) => first.toLowerCase()))
	);

// What a refused form sends back to its page: the texts as typed, and a sentence per field that is wrong.
export type FormState =
	{ values?: Record<string, unknown>; errors?: Record<string, string | undefined>; message?: string } | null | undefined;

// The id of the control named `name`: the error summary points to it.
export function fieldId(name: string): string {
	return name.replace(/[^\w-]+/g, '-');
}

// The text to show in a control: what was typed wins over what was stored.
export function typed(form: FormState, name: string, stored: unknown): string {
	const value = form?.values && name in form.values ? form.values[name] : stored;
	return value === null || value === undefined ? '' : String(value);
}

// The choices to show as made: what was sent wins over what was stored.
export function chosen(form: FormState, name: string, stored: unknown): string[] {
	const value = form?.values ? form.values[name] : stored;
	if (value === null || value === undefined || value === '') return [];
	return Array.isArray(value) ? value.map(String) : [String(value)];
}

// The answer of one form on a page that has several: `form` names the action that was refused.
export function answerTo(answer: (FormState & { form?: string }) | null | undefined, form: string): FormState {
	return answer?.form === form ? answer : null;
}

import { m } from '#words';
import type { Refused } from './errors.ts';

type Message = (inputs: Record<string, string | number>) => string;
const messages = m as unknown as Record<string, Message | undefined>;

/** A code, a kind or a state names its key as it is written: « lines.changed-meanwhile », « with names ». */
const keyOf = (code: string): string => code.replace(/[ .-]/g, '_');

/** The sentence for a code, or undefined where nobody wrote one. */
export const sentence = (code: string, details: Record<string, string | number> = {}): string | undefined =>
	messages[keyOf(code)]?.(details);

/** A word of the interface whose key is computed: a kind, a role, a state. A missing one is a mistake of ours, so it throws. */
export function word(code: string, details: Record<string, string | number> = {}): string {
	const said = sentence(code, details);
	if (said === undefined) throw new Error(`messages: nobody wrote ${keyOf(code)}`);
	return said;
}

/** What a refusal says to the person. */
export const say = (refused: Refused): string => word(refused.code, refused.details);

/** The rules of `language.md`: French typography, and the words of buttons and links that say nothing. */
const rules: readonly [fault: string, pattern: RegExp][] = [
	['straight apostrophe', /'/],
	['straight double quote', /"/],
	['no-break space missing before : ; ? ! »', /[^\u00a0?!][:;?!»]/],
	['no-break space missing after «', /«(?!\u00a0)/],
	['no-break space missing after n°', /\bn° /],
	['narrow no-break space, which the text font lacks', /\u202f/],
	['two spaces', /[ \u00a0]{2}/],
	['three dots instead of …', /\.\.\./],
	['middle dot', /\p{L}·(?!rice)\p{L}|(?<!accompagnateur)·rice/iu],
	[
		'word that says nothing',
		/\b(OK|Valider|Soumettre|Cliquez ici|En savoir plus|Lire la suite|Une erreur est survenue|Raison sociale)\b/
	]
];

/** Web and e-mail addresses and times of day keep their own signs. */
const exempt = /\b(?:https?:\/\/|mailto:)\S*|\b\d{1,2}:\d{2}\b/g;

/** What is wrong in a French text, in English words; nothing when it is right. */
export function faultsOf(text: string): string[] {
	const french = text.replace(exempt, '');
	return rules.filter(([, pattern]) => pattern.test(french)).map(([fault]) => fault);
}

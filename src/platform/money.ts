// Amounts are whole numbers of the currency's smallest unit: cents for the euro, francs for the Pacific franc, which has none.

const NO_BREAK = '\u00a0';

const formats = new Map<string, { whole: Intl.NumberFormat; precise: Intl.NumberFormat; decimals: number }>();

function formatsOf(currency: string) {
	let found = formats.get(currency);
	if (!found) {
		const precise = new Intl.NumberFormat('fr-FR', { style: 'currency', currency });
		const whole = new Intl.NumberFormat('fr-FR', { style: 'currency', currency, maximumFractionDigits: 0 });
		found = { whole, precise, decimals: precise.resolvedOptions().maximumFractionDigits ?? 0 };
		formats.set(currency, found);
	}
	return found;
}

/** « euros », « francs CFP »: what a label asks an amount in. */
export function currencyName(currency: string): string {
	const parts = new Intl.NumberFormat('fr-FR', { style: 'currency', currency, currencyDisplay: 'name' }).formatToParts(2);
	return parts.find(({ type }) => type === 'currency')!.value;
}

/** An amount as a field shows it again, to be changed: « 1500,00 », « 1500 ». */
export function typedMoney(cents: number, currency: string): string {
	const { decimals } = formatsOf(currency);
	return (cents / 10 ** decimals).toFixed(decimals).replace('.', ',');
}

/**
 * What was typed is read in hundredths, before anybody knows the currency: in its smallest unit, or null when it has none so small.
 */
export function fromHundredths(hundredths: number, currency: string): number | null {
	const unit = 10 ** (2 - formatsOf(currency).decimals);
	return hundredths % unit === 0 ? hundredths / unit : null;
}

/** « 1 500 € », « 12,50 € »: no decimals when they are zero; no-break spaces, and the real minus sign. */
export function money(cents: number, currency = 'EUR'): string {
	if (!Number.isSafeInteger(cents)) throw new RangeError(`not a whole number of cents: ${cents}`);
	const { whole, precise, decimals } = formatsOf(currency);
	const unit = 10 ** decimals;
	const sign = cents < 0 ? '-' : '';
	const left = Math.floor(Math.abs(cents) / unit);
	const right = Math.abs(cents) % unit;
	// a decimal numeral and not a division, so that large amounts keep their last cent
	const numeral = `${sign}${left}.${String(right).padStart(decimals, '0')}` as Intl.StringNumericLiteral;
	return (right === 0 ? whole : precise).format(numeral).replace(/\s/g, NO_BREAK).replace('-', '−');
}

/**
 * What a person wrote as an amount, in the smallest unit, or null when it is not an amount or could mean two:
 * « 1 234,50 », « 1.234,50 », « 12.5 € », « 12 euros » are read; « 1.234 » and « 1,234 » (thousands or decimals?) are not.
 */
export function parseMoney(text: string, currency = 'EUR'): number | null {
	const { decimals } = formatsOf(currency);
	const symbols = currency === 'EUR' ? '€|euros?|eur' : currency === 'XPF' ? 'f\\s?cfp|fcfp|f|francs?|xpf' : currency;
	const bare = text
		.trim()
		.replace(new RegExp(`^(?:${symbols})\\s*|\\s*(?:${symbols})$`, 'iu'), '')
		.trim();
	const negative = /^[-−]/.test(bare);
	const number = bare.replace(/^[-−]\s*/, '').replace(/\s/gu, ' ');

	const shape = /^(\d{1,3}(?:([ .,])\d{3})(?:\2\d{3})*|\d+)(?:([.,])(\d+))?$/.exec(number);
	if (!shape) return null;
	const [, left = '', group, mark, right = ''] = shape;
	if (group && group === mark) return null;
	// a single mark before three digits: thousands to some, decimals to others
	if (!mark && group && group !== ' ' && left.length < 8) return null;
	if (right.length > decimals) return null;

	const cents = Number(left.replace(/\D/g, '') + right.padEnd(decimals, '0'));
	if (!Number.isSafeInteger(cents)) return null;
	return negative && cents !== 0 ? -cents : cents;
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { currencyName, fromHundredths, money, parseMoney, typedMoney } from './money.ts';

const spaced = (text: string) => text.replaceAll('_', '\u00a0');

test.each([
	[150_000, 'EUR', '1_500_€'],
	[1250, 'EUR', '12,50_€'],
	[1205, 'EUR', '12,05_€'],
	[0, 'EUR', '0_€'],
	[5, 'EUR', '0,05_€'],
	[-1250, 'EUR', '−12,50_€'],
	[123_456_789, 'EUR', '1_234_567,89_€'],
	[9_007_199_254_740_991, 'EUR', '90_071_992_547_409,91_€'],
	[1500, 'XPF', '1_500_FCFP']
])('%i in %s', (cents, currency, text) => {
	expect(money(cents, currency)).toBe(spaced(text));
});

test('only whole cents are an amount', () => {
	expect(() => money(12.5)).toThrow(RangeError);
	expect(() => money(Number.NaN)).toThrow(RangeError);
});

test.each([
	['1 234,50', 123_450],
	['1\u00a0234,50\u00a0€', 123_450],
	['1\u202f234,50 €', 123_450],
	['1234,5', 123_450],
	['1234.50', 123_450],
	['1.234,50', 123_450],
	['1,234.50', 123_450],
	['1.234.567', 123_456_700],
	['12 345 678,90', 1_234_567_890],
	['12', 1200],
	['12 €', 1200],
	['€ 12', 1200],
	['12 euros', 1200],
	['12 EUR', 1200],
	['0,05', 5],
	[' 007 ', 700],
	['-12,50', -1250],
	['−12,50 €', -1250],
	['-0', 0]
])('« %s » is read', (text, cents) => {
	expect(parseMoney(text)).toBe(cents);
});

test.each([
	'1.234',
	'1,234',
	'0,125',
	'12,345 €',
	'1234,567',
	'1 23',
	'1 2345',
	'12,',
	',5',
	'',
	'€',
	'douze',
	'12 $',
	'12€€',
	'1e3',
	'1.234.56',
	'1,2,3',
	'12 34,5',
	'1 234 567.890',
	'0x10',
	'--1',
	'99999999999999999'
])('« %s » is not an amount, or could mean two', (text) => {
	expect(parseMoney(text)).toBeNull();
});

test('a currency without cents takes no decimals', () => {
	expect(parseMoney('1 500 F CFP', 'XPF')).toBe(1500);
	expect(parseMoney('1 500,50', 'XPF')).toBeNull();
});

test('what is written is read back', () => {
	fc.assert(
		fc.property(fc.maxSafeInteger(), fc.constantFrom('EUR', 'XPF'), (cents, currency) => {
			expect(parseMoney(money(cents, currency), currency)).toBe(cents === 0 ? 0 : cents);
		})
	);
});

test('an amount is asked, typed and kept in the currency of the cooperation', () => {
	expect([currencyName('EUR'), currencyName('XPF')]).toEqual(['euros', 'francs CFP']);
	expect([typedMoney(1250, 'EUR'), typedMoney(1500, 'XPF')]).toEqual(['12,50', '1500']);
	expect([fromHundredths(1250, 'EUR'), fromHundredths(150_000, 'XPF'), fromHundredths(1250, 'XPF')]).toEqual([1250, 1500, null]);
});

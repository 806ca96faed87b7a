import { defineParams } from '@sveltejs/kit/params';
import { stepAt } from '#modules/cooperations/rules.ts';
import { formats } from '#platform/spreadsheet.ts';

export const params = defineParams({
	step: (slug) => (stepAt(slug) ? slug : undefined),
	sheet: (format) => formats.find((one) => one === format)
});

import { defineParams } from '@sveltejs/kit/params';
import { stepAt } from '#modules/cooperations/rules.ts';

export const params = defineParams({ step: (slug) => (stepAt(slug) ? slug : undefined) });

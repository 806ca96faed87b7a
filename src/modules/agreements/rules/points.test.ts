import { expect, test } from 'vitest';
import { agreementContents } from '#content/agreement/contents.ts';
import { sections } from '#modules/lines/rules/sections.ts';
import { slugOf } from '#modules/cooperations/rules.ts';
import { placeOfPoint, type Point } from './points.ts';

test.each(agreementContents.map(({ id }) => id))('%s leads to a section that exists', (id: Point['id']) => {
	const places = ['/c/nommer', '/c/partenaires', ...sections.map((one) => `/c/${slugOf[one.step]}#${one.id}`)];
	expect(places).toContain(placeOfPoint('/c', { id }));
});

import { expect, test } from 'vitest';
import { m } from '#words';
import { openWorld } from './world.ts';

const { address, pageOf } = await openWorld();

const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text, 'latin1') });
const of = (column: string) => m.hubs_columns_field_of({ column });

test(
	'a file of unknown headers is matched, previewed and read; the next one is proposed the same',
	{ timeout: 180_000 },
	async () => {
		const claire = await pageOf('claire', { javaScript: false });
		const send = async (name: string, text: string) => {
			await claire.goto(`${address}/maison/listes`);
			await claire.locator('input[type=file]').setInputFiles(csv(name, text));
			await claire.getByRole('button', { name: m.hubs_list_read(), exact: true }).click();
		};
		const title = () => claire.getByRole('heading', { level: 1 }).textContent();
		const preview = () => claire.locator('section', { has: claire.locator('#apercu') }).textContent();

		await send(
			'annuaire.csv',
			'Bidule;Truc;Machin;Chose\nThéâtre;du Lac;Sète;8,30E+13\nHarmonie;du Causse;Mende;775 672 272 00017\n;;Alès;\n'
		);
		// Nobody can tell which column is the name: that is asked, and refused in words when it is not said.
		expect(await title()).toBe(m.hubs_columns_title_nameless());
		expect(await claire.locator('main').textContent()).toContain('8,30E+13');
		await claire.getByRole('button', { name: m.hubs_columns_read() }).click();
		expect(await claire.getByRole('alert').textContent()).toContain('Bidule, Truc, Machin, Chose');

		await claire.getByRole('combobox', { name: of('Bidule') }).selectOption('name');
		await claire.getByRole('combobox', { name: of('Truc') }).selectOption('name');
		await claire.getByRole('combobox', { name: of('Machin') }).selectOption('commune');
		await claire.getByRole('combobox', { name: of('Chose') }).selectOption('siret');
		await claire.getByRole('button', { name: m.hubs_columns_preview() }).click();
		expect(claire.url()).toContain('field=name&field=name&field=commune&field=siret');
		expect(await preview()).toContain('Théâtre du Lac');
		expect(await preview()).toContain(m.hubs_columns_unverified());
		expect(await preview()).toContain(m.organisations_import_no_name());

		await claire.getByRole('button', { name: m.hubs_columns_read() }).click();
		expect(await title()).toBe('Nous avons lu 2 structures');
		expect(await claire.locator('#revenues').count()).toBe(1);
		const rejected = await claire.request.get(`${claire.url()}/lignes-rejetees.csv`);
		expect((await rejected.text()).split('\r\n')[1]).toBe(`4;${m.organisations_import_no_name()};;;Alès;`);

		// Other places, other case: the same headers.
		await send('annuaire-2.csv', 'MACHIN;Chose;truc;Bidule\nAgde;;du Port;Chorale\n');
		expect(await title()).toBe(m.hubs_columns_title_known());
		expect(await claire.getByRole('combobox', { name: of('truc') }).inputValue()).toBe('name');
		expect(await preview()).toContain('Chorale du Port');
		await claire.getByRole('button', { name: m.hubs_columns_forget() }).click();
		expect(await claire.getByRole('status').textContent()).toContain(m.hubs_columns_forgotten());
		expect(await claire.getByRole('button', { name: m.hubs_columns_forget() }).count()).toBe(0);
	}
);

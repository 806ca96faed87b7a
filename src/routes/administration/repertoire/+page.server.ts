import { bringFromFolder } from '#modules/register/commands.server.ts';
import { listImportFolder, listRegisterImports } from '#modules/register/queries.server.ts';
import { bringForm } from '#modules/register/forms.ts';
import { action, page } from '#platform/http.server.ts';
import { wake } from '#platform/jobs.server.ts';
import { m } from '#words';

export const load = page('administrators', async (context) => ({
	imports: await listRegisterImports(context),
	files: await listImportFolder(context)
}));

export const actions = {
	bring: action('administrators', bringForm, bringFromFolder, {
		say: () => {
			wake('read-registers');
			return m.register_brought();
		}
	})
};

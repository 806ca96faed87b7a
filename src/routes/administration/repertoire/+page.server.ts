import {
	bringCodes,
	bringFromFolder,
	goOnReading,
	largestRegister,
	receivedFolder,
	stopReading
} from '#modules/register/commands.server.ts';
import { bringForm, codesForm, readingForm } from '#modules/register/forms.ts';
import { listImportFolder, listRegisterImports } from '#modules/register/queries.server.ts';
import { listBroughtCodes } from '#modules/register/queries/labels.server.ts';
import { action, page } from '#platform/http.server.ts';
import { wake } from '#platform/jobs.server.ts';
import { roomIn } from '#platform/received.server.ts';
import { m } from '#words';

export const load = page('administrators', async (context, _params, url) => ({
	imports: await listRegisterImports(context),
	files: await listImportFolder(context),
	codes: await listBroughtCodes(context.db),
	// A page that changes by itself is asked for.
	followed: url.searchParams.has('suivre'),
	room: await roomIn(receivedFolder(), largestRegister),
	typed: { departments: url.searchParams.get('departments') ?? '', communes: url.searchParams.get('communes') ?? '' }
}));

export const actions = {
	bring: action('administrators', bringForm, bringFromFolder, {
		say: () => {
			wake('read-registers');
			return m.register_brought();
		}
	}),
	stop: action('administrators', readingForm, stopReading, { say: () => m.register_stopping() }),
	goOn: action('administrators', readingForm, goOnReading, {
		say: () => {
			wake('read-registers');
			return m.register_going_on();
		}
	}),
	codes: action('administrators', codesForm, bringCodes, {
		say: ({ rows, refused }) =>
			refused ? m.register_codes_brought_but({ n: rows, refused }) : m.register_codes_brought({ n: rows })
	})
};

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { m } from '#words';
import { clockDisagrees } from '#modules/journal/queries.server.ts';
import { entryLinkOf, firstEntryLink } from '#modules/people/commands.server.ts';
import { isEmpty } from '#modules/people/queries.server.ts';
import { CannotStart } from '#platform/cannot-start.ts';
import { inTransaction, type Context } from '#platform/context.server.ts';
import { openDatabase } from '#platform/database/open.server.ts';
import { closeDatabase, database } from '#platform/running.server.ts';
import { readSettings, type Settings } from '#platform/settings.ts';
import { openWebServer, type Handler } from '#platform/web-server.server.ts';

/** What a form and its files may weigh, in bytes. */
const largestBody = 25 * 2 ** 20;

/** Where a file larger than that is taken: `upload` (src/platform/http.server.ts) stands behind it. */
const uploads = ['/administration/repertoire/fichier'];

/** Runs an instance: database, migrations, pages; until it is told to stop, database last. */
export async function serve({ demo }: { demo: boolean }): Promise<void> {
	const folder = process.env.ENSEMBLIER_DATA || 'data';
	// A demonstration never mixes with what people really wrote.
	// Nor does it write to anybody: its people are invented.
	const apart = demo ? { ENSEMBLIER_DATA: `${folder}-demo`, SMTP_URL: '' } : { ENSEMBLIER_DATA: folder };
	const settings = settingsOrMistakes({ ...process.env, ...apart });
	const database = await openDatabase({ ...settings, log: console.log, onLost: endWithoutDatabase });
	try {
		await openPages(settings, database, demo);
	} catch (error) {
		await database.stop();
		throw error;
	}
}

async function openPages(settings: Settings, database: { url: string; stop: () => Promise<void> }, demo: boolean): Promise<void> {
	const handler = Promise.withResolvers<Handler>();
	const web = await openWebServer({ ...settings, front: settings, largestBody, uploads, handler: handler.promise });
	const address = settings.address ?? web.address;
	tellPages({ settings, databaseUrl: database.url, address });
	handler.resolve(await loadPages());
	stopOnSignal(async () => {
		console.log(m.platform_stopping());
		await web.close();
		// The pages and their jobs close their connections; the database waits for the last of them.
		process.emit('sveltekit:shutdown' as never, 'SIGTERM' as never);
		await database.stop();
		console.log(m.platform_stopped());
	});
	await (demo ? welcomeToTheValley() : welcomeFirst());
	await atStart(tellClock);
	await closeDatabase();
	console.log(m.platform_started({ address }));
}

const atStart = <T>(run: (context: Context) => Promise<T>): Promise<T> =>
	inTransaction(database(), { actor: { is: 'system', name: 'start' }, now: new Date(), mode: 'write' }, run);

/** The demonstration tells by which links one enters as a volunteer, an accompagnatrice, an administrator; an empty one is planted. */
async function welcomeToTheValley(): Promise<void> {
	if (await atStart(({ db }) => isEmpty(db))) {
		console.log(m.platform_demo_planting());
		// Only here: an instance that people use never reads the seeds.
		const { plantValley } = await import('../seeds/valley.ts');
		await plantValley(database(), new Date(), { files: true });
	}
	console.log(m.platform_demo_enter());
	for (const [name, who] of [
		['nadia', m.platform_demo_nadia()],
		['claire', m.platform_demo_claire()],
		['agathe', m.platform_demo_agathe()]
	] as const)
		console.log(`- ${who} ${await atStart((context) => entryLinkOf(context, `${name}@example.org`))}`);
}

/** A clock that disagrees is told: nothing is lost, but dates and reminders would be wrong. */
async function tellClock(context: Context): Promise<void> {
	const said = await clockDisagrees(context);
	const at = (moment: Date) => moment.toISOString().slice(0, 16).replace('T', ' ');
	if (said?.latest) console.warn(m.platform_clock_behind({ now: at(context.now), latest: at(said.latest) }));
	if (said?.database) console.warn(m.platform_clock_other({ now: at(context.now), database: at(said.database) }));
}

/** An instance that nobody looks after yet prints the link by which its first administrator enters. */
async function welcomeFirst(): Promise<void> {
	const link = await atStart(firstEntryLink);
	if (link) console.log(m.platform_first_link({ link }));
}

/** Reads the settings, or ends with every mistake told. */
export function settingsOrMistakes(env: Record<string, string | undefined>): Settings {
	const read = readSettings(env);
	if ('settings' in read) return read.settings;
	throw new CannotStart([m.platform_settings_wrong(), ...read.mistakes.map((mistake) => `- ${mistake}`)].join('\n'));
}

/** Puts into the environment what the pages read from it: they are built apart, and know nothing else of us. */
export function tellPages(told: { settings: Settings; databaseUrl: string; address: string }): void {
	Object.assign(process.env, {
		DATABASE_URL: told.databaseUrl,
		ENSEMBLIER_DATA: told.settings.dataFolder,
		ENSEMBLIER_ADDRESS: told.address,
		SMTP_URL: told.settings.smtpUrl ?? '',
		PROTOCOL_HEADER: 'x-forwarded-proto',
		HOST_HEADER: 'x-forwarded-host',
		ADDRESS_HEADER: 'x-forwarded-for',
		BODY_SIZE_LIMIT: String(largestBody)
	});
}

/** Without its database an instance can do nothing: it ends, and whatever started it may start it again. */
export function endWithoutDatabase(error: Error): never {
	console.error(error.message);
	process.exit(1);
}

async function loadPages(): Promise<Handler> {
	const built = (await import(pathToFileURL(path.resolve('build/handler.js')).href)) as { handler: Handler };
	return built.handler;
}

function stopOnSignal(stop: () => Promise<void>): void {
	let stopping = false;
	for (const signal of ['SIGTERM', 'SIGINT'] as const) {
		process.on(signal, async () => {
			// Whoever asks twice does not want to wait; the database goes on, and the next start adopts it.
			if (stopping) process.exit(1);
			stopping = true;
			await stop();
			process.exit(0);
		});
	}
}

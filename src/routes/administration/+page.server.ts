import { clockDisagrees } from '#modules/journal/queries.server.ts';
import { countMails, lastBackup } from '#modules/notices/outbox/queries.server.ts';
import { usualZone, zonesOf } from '#modules/organisations/queries/people.server.ts';
import { listActs, listAdministrators } from '#modules/people/administration/queries.server.ts';
import { page } from '#platform/http.server.ts';
import { settings } from '#platform/running.server.ts';

export const load = page('administrators', async (context) => {
	const { actor, db } = context;
	const id = actor.is === 'person' ? actor.id : '';
	return {
		zone: (await zonesOf(db, [id])).get(id) ?? usualZone,
		sends: settings().smtpUrl !== null,
		mails: await countMails(context),
		backup: await lastBackup(context),
		clock: await clockDisagrees(context),
		now: context.now,
		administrators: await listAdministrators(context),
		acts: await listActs(context)
	};
});

import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { countRevisions, listLines } from '#modules/lines/queries.server.ts';
import { calendarFile } from '#platform/calendar.ts';
import { endpoint } from '#platform/http.server.ts';
import { slug } from '#platform/ids.ts';
import { address } from '#platform/running.server.ts';
import { m } from '#words';

/** The dates of the project and what is to be done by a day, for somebody's own calendar. Impossible periods stay here. */
export const GET = endpoint('signed in', async (context, { cooperation: code }: { cooperation: string }) => {
	const cooperation = await findCooperation(context, code);
	const lines = (await listLines(context, cooperation.id, ['date', 'task'], { size: 2000 })).filter(
		({ topic, endsOn, startsOn, doneAt }) => topic !== 'impossible' && (startsOn ?? endsOn) !== null && doneAt === null
	);
	const revisions = await countRevisions(
		context,
		lines.map(({ root }) => root)
	);
	const file = calendarFile({
		name: cooperation.name,
		events: lines.map((line) => ({
			uid: `${line.root}@${new URL(address('/')).hostname}`,
			sequence: revisions.get(line.root) ?? 0,
			starts: (line.startsOn ?? line.endsOn)!,
			ends: (line.endsOn ?? line.startsOn)!,
			zone: cooperation.zone,
			title: line.kind === 'task' ? m.lines_calendar_task({ text: line.text }) : line.text,
			description: [line.whoPersonName, line.whoOrganisationName].filter(Boolean).join(', ') || null,
			url: address(`${cooperation.path}/lignes/${line.root}`),
			stamp: context.now,
			lastModified: line.writtenAt
		}))
	});
	return new Response(file, {
		headers: {
			'content-type': 'text/calendar; charset=utf-8',
			'content-disposition': `attachment; filename="${slug(cooperation.name)}.ics"`,
			'cache-control': 'private, no-store'
		}
	});
});

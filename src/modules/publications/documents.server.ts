import { wall } from '#platform/clock.ts';
import type { CalendarEvent } from '#platform/calendar.ts';
import { address } from '#platform/running.server.ts';
import { m } from '#words';
import type { listPublications, Publication } from './queries/public.server.ts';
import { atom, jsonInPage } from './rules/markup.ts';

/** What search engines and agendas of the web read of a page (schema.org): structures and dates, and no person. */
export function machineData(page: Publication): string {
	const members = page.partners.map(({ name, commune }) => ({
		'@type': 'Organization',
		name,
		...(commune ? { address: { '@type': 'PostalAddress', addressLocality: commune } } : {})
	}));
	return jsonInPage({
		'@context': 'https://schema.org',
		'@graph': [
			{
				'@type': 'Project',
				name: page.content.title,
				description: page.content.lead,
				url: address(page.path),
				foundingDate: wall(page.begunAt, page.zone).day,
				...(page.content.place ? { location: { '@type': 'Place', name: page.content.place } } : {}),
				member: members
			},
			...page.sessions.map((session) => ({
				'@type': 'Event',
				name: session.title,
				startDate: session.startsAt.toISOString(),
				endDate: session.endsAt.toISOString(),
				eventStatus: session.moved ? 'https://schema.org/EventRescheduled' : 'https://schema.org/EventScheduled',
				location: { '@type': 'Place', name: session.place ?? page.content.place ?? page.content.title },
				...(session.toKnow ? { description: session.toKnow } : {}),
				url: address(page.path),
				organizer: members
			}))
		]
	});
}

/** The sessions that are open to all, for the agenda of whoever comes. */
export const openEvents = (page: Publication): CalendarEvent[] =>
	page.sessions.map((session) => ({
		uid: session.uid,
		sequence: session.sequence,
		zone: session.zone,
		title: session.title,
		place: session.place,
		starts: session.startsAt,
		ends: session.endsAt,
		description: [page.content.title, session.toKnow].filter(Boolean).join('\n\n'),
		url: address(page.path),
		stamp: session.changedAt,
		lastModified: session.changedAt
	}));

/** The last pages that became public, for whoever follows them. */
export const feedOf = ({ publications }: Awaited<ReturnType<typeof listPublications>>): string =>
	atom({
		title: m.publications_list_title(),
		self: address('/projets/flux.xml'),
		page: address('/projets'),
		updated: publications[0]?.since ?? new Date(0),
		entries: publications.map((one) => ({
			id: one.id,
			title: one.title,
			address: address(one.path),
			updated: one.since,
			summary: one.lead,
			authors: one.partners.map(({ name }) => name)
		}))
	});

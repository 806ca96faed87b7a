import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { m } from '#words';
import { interview } from '#content/interview.ts';
import { letterheadOf } from '#modules/hubs/queries/sender.server.ts';
import { tell } from '#modules/journal/commands.server.ts';
import { post } from '#modules/notices/commands.server.ts';
import { summariesOf } from '#modules/organisations/queries.server.ts';
import { contactsOf } from '#modules/organisations/queries/reaching.server.ts';
import { personOf } from '#platform/actor.ts';
import { longDay, plusDays, today } from '#platform/clock.ts';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { NotFound, Refused } from '#platform/errors.ts';
import { newCode } from '#platform/ids.ts';
import { address } from '#platform/running.server.ts';
import { mayDraw, mayRemindPresenters } from './policy.ts';
import { earlierPairs, findDraw, findOrganiser } from './queries.server.ts';
import { digestOf, draw, most, mostInADay } from './rules.ts';

/** Opens a draw for an event. Its seed is chosen now and kept hidden; its digest is shown from now on. Sent twice, it opens once. */
export async function openDraw(
	context: Context,
	organisation: string,
	input: { id: string; title: string; heldOn: string; place: string | null }
): Promise<{ path: string }> {
	const organiser = await findOrganiser(context, organisation);
	const write = allow(context, mayDraw(context.actor, organiser.id));
	const again = await write.selectFrom('draws').select(['code', 'organisationId']).where('id', '=', input.id).executeTakeFirst();
	if (again && again.organisationId !== organiser.id) throw new Refused('forms.id-unreal');
	if (again) return { path: `${organiser.path}/tirages/${again.code}` };
	if (input.heldOn < today(context.now, organiser.zone)) throw new Refused('draws.day-is-past', {}, 'heldOn');
	const seed = randomBytes(32).toString('hex');
	const code = newCode();
	await write
		.insertInto('draws')
		.values({
			...input,
			code,
			seed,
			digest: digestOf(seed),
			organisationId: organiser.id,
			openedAt: context.now,
			openedBy: personOf(context.actor)
		})
		.execute();
	await tell(write, context, {
		chain: { organisation: organiser.id },
		verb: 'draw-opened',
		ids: { draw: input.id },
		says: { title: input.title, digest: digestOf(seed) }
	});
	return { path: `${organiser.path}/tirages/${code}` };
}

async function open(context: Context, code: string) {
	const { id, organisationId } = await findDraw(context, code);
	const write = allow(context, mayDraw(context.actor, organisationId));
	const row = await write
		.selectFrom('draws')
		.select(['drawnAt', 'seed'])
		.where('id', '=', id)
		.forUpdate()
		.executeTakeFirstOrThrow();
	if (row.drawnAt) throw new Refused('draws.already-drawn');
	// The list is read once nobody else changes it: whoever was added while one waited is drawn too.
	return { seen: await findDraw(context, code), write, seed: row.seed };
}

/** Puts organisations on the list; those that are there stay. */
export async function addToDraw(context: Context, code: string, { organisations }: { organisations: string[] }): Promise<void> {
	const { seen, write } = await open(context, code);
	const added = [...new Set(organisations)].filter((id) => !seen.list.some((one) => one.id === id));
	if (!added.length) throw new Refused('draws.nobody-added', {}, 'organisations');
	if (seen.list.length + added.length > most) throw new Refused('draws.too-many', { max: most }, 'organisations');
	if ((await summariesOf(write, added)).size < added.length) throw new NotFound();
	await write
		.insertInto('drawPlaces')
		.values(added.map((organisationId) => ({ drawId: seen.id, organisationId, addedAt: context.now })))
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}

/** Takes an organisation off the list, before the draw. */
export async function removeFromDraw(context: Context, code: string, { organisation }: { organisation: string }): Promise<void> {
	const { seen, write } = await open(context, code);
	await write.deleteFrom('drawPlaces').where('drawId', '=', seen.id).where('organisationId', '=', organisation).execute();
}

/** Draws, once: the seed is read by everyone on the list from now on, and each learns whom it presents. */
export async function drawNow(context: Context, code: string): Promise<{ mutual: number; repeated: number }> {
	const { seen, write, seed } = await open(context, code);
	const drawnToday = await write
		.selectFrom('draws')
		.select('id')
		.where('organisationId', '=', seen.organisationId)
		.where('drawnAt', '>', new Date(context.now.getTime() - 86_400_000))
		.limit(mostInADay)
		.execute();
	if (drawnToday.length >= mostInADay) throw new Refused('draws.too-many-today', { n: mostInADay });
	const codes = seen.list.map(({ code: one }) => one);
	const earlier = (await earlierPairs(write, seen.organisationId, context.now)).filter((pair) =>
		pair.split(' ').every((one) => codes.includes(one))
	);
	const drawn = draw(codes, new Set(earlier), seed);
	await sql`update draw_places p set n = place.n, presents = place.presents, code = place.code
		from unnest(${seen.list.map(({ id }) => id)}::uuid[], ${seen.list.map((_, n) => n)}::int[],
			${drawn.presents.map((to) => seen.list[to]!.id)}::uuid[], ${codes}::text[]) as place (organisation_id, n, presents, code)
		where p.draw_id = ${seen.id} and p.organisation_id = place.organisation_id`.execute(write);
	const { mutual, repeated, exact } = drawn;
	await write
		.updateTable('draws')
		.set({ drawnAt: context.now, drawnBy: personOf(context.actor), earlier, mutual, repeated, exact })
		.where('id', '=', seen.id)
		.execute();
	await tell(write, context, {
		chain: { organisation: seen.organisationId },
		verb: 'draw-made',
		ids: { draw: seen.id },
		says: { title: seen.title, n: seen.list.length, seed }
	});
	await tellPresenters(write, context, seen.id, m.draws_mail_drawn);
	return { mutual, repeated };
}

/** Whoever is put on a list was not asked: others learn what the organisation says of itself, never the address of a person. */
const reachOf = ({ phone, ownEmail }: { phone: string | null; ownEmail: string | null }): string =>
	[phone, ownEmail].filter(Boolean).join(', ');

/** Writes to each that presents: whom, when, how to reach it, what to ask. */
async function tellPresenters(
	write: Writer,
	context: Context,
	drawId: string,
	subject: (said: { other: string }) => string
): Promise<void> {
	const { title, heldOn, place, ...row } = await write
		.selectFrom('draws')
		.select(['title', 'heldOn', 'place', 'code', 'organisationId'])
		.where('id', '=', drawId)
		.executeTakeFirstOrThrow();
	const places = await write
		.selectFrom('drawPlaces')
		.select(['organisationId', 'presents'])
		.where('drawId', '=', drawId)
		.where('presents', 'is not', null)
		.execute();
	const contacts = await contactsOf(context, [row.organisationId, ...places.map(({ organisationId }) => organisationId)]);
	const organiser = contacts.get(row.organisationId)!;
	const when = [longDay(heldOn, today(context.now, 'Europe/Paris')), place].filter(Boolean).join(', ');
	const house = await letterheadOf(write, row.organisationId);
	for (const { organisationId, presents } of places) {
		const own = contacts.get(organisationId)!;
		const other = contacts.get(presents!)!;
		// They became one since.
		if (own.path === other.path) continue;
		const managers = own.managers.filter(({ email }) => email);
		const reached = managers.length
			? managers.map(({ name, email }) => ({ name, email: email! }))
			: own.email
				? [{ name: own.name, email: own.email }]
				: [];
		for (const to of reached)
			await post(write, context.now, {
				to,
				fromName: organiser.name,
				replyTo: organiser.ownEmail,
				house,
				subject: subject({ other: other.name }),
				letter: {
					title: m.draws_mail_title({ other: other.name, title }),
					paragraphs: [
						when,
						reachOf(other)
							? m.draws_mail_reach({ other: other.name, reach: reachOf(other) })
							: m.draws_mail_reach_by({
									other: other.name,
									organiser: [organiser.name, reachOf(organiser)].filter(Boolean).join(', ')
								}),
						m.draws_mail_ask()
					],
					lists: [{ title: m.draws_mail_questions(), items: [...interview] }],
					buttons: managers.length
						? [{ label: m.draws_mail_button(), url: address(`${organiser.path}/tirages/${row.code}`) }]
						: [],
					foot: [m.draws_mail_foot({ organiser: organiser.name })]
				},
				kind: 'draw',
				...(managers.length ? {} : { stop: 'address' as const })
			});
	}
}

/** Reminds those who present, once, in the week before the event. Returns how many draws. */
export async function remindPresenters(context: Context): Promise<number> {
	const write = allow(context, mayRemindPresenters(context.actor));
	const now = today(context.now, 'Europe/Paris');
	const due = await write
		.updateTable('draws')
		.set({ remindedAt: context.now })
		.where('id', 'in', (eb) =>
			eb
				.selectFrom('draws')
				.select('id')
				.where('remindedAt', 'is', null)
				.where('drawnAt', '<', new Date(context.now.getTime() - 3 * 86_400_000))
				.where('heldOn', '>=', now)
				.where('heldOn', '<=', plusDays(now, 7))
				.limit(20)
				.forUpdate()
				.skipLocked()
		)
		.returning('id')
		.execute();
	for (const { id } of due) await tellPresenters(write, context, id, m.draws_mail_reminder);
	return due.length;
}

import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';
import { address } from '#platform/running.server.ts';
import { word } from '#platform/say.ts';
import { newToken } from '#platform/secrets.server.ts';
import { m } from '#words';
import { letter, type Letter, type Passage } from '#platform/mail/letter.ts';
import { mayChoose, maySweep, mayStop, mayTell } from './policy.ts';
import { findChoices, findStop, isSilenced } from './queries.server.ts';
import { atMost, group, noticesKept, shorten, wanted, type Kind, type Rhythm, type Told } from './rules.ts';

/**
 * How a house signs: its name, where answers go, and the words under it. Where somebody writes through it, their name stands first
 * and answers go to them, if they said where.
 */
export type Letterhead = { id: string; name: string; replyTo: string | null; signature: string | null; through?: boolean };

/** A mail as the domain thinks of it. */
export type Post = {
	to: { name: string; email: string };
	/** In whose name it is sent: « Nadia Benali, par Ensemblier ». */
	fromName?: string;
	replyTo?: string | null;
	/** The house that writes or accompanies; its name takes the place of the instance's, at the instance's own address. */
	house?: Letterhead | null;
	subject: string;
	letter: Omit<Letter, 'sender'>;
	/** What it is about, for the outbox and for those who want no more of this kind. */
	kind: string;
	calendar?: { method: 'REQUEST' | 'CANCEL'; content: string };
	/** Holds a link that signs in. */
	secret?: boolean;
	/** Can be stopped by a link in its last line: by the choices of a person we know, or for that address altogether. */
	stop?: { personId: string } | 'address';
};

/** Puts a mail into the outbox, in the transaction of the fact that causes it: both happen or none. */
export async function post(write: Writer, now: Date, mail: Post): Promise<void> {
	if (mail.stop === 'address' && (await isSilenced(write, mail.to.email))) return;
	const stopToken = mail.stop ? newToken() : null;
	const foot: Passage[] = [...(mail.letter.foot ?? [])];
	if (stopToken) foot.push({ text: m.notices_stop_foot(), url: address(`/avis/${stopToken}`) });
	const { house } = mail;
	const signature = house?.signature ? [house.signature] : [];
	const through = house?.through ? house : null;
	const { text, html } = letter({
		...mail.letter,
		paragraphs: [...mail.letter.paragraphs, ...(through ? [] : signature)],
		foot: [...(through ? [m.notices_through({ house: through.name }), ...signature] : []), ...foot],
		sender: house?.name ?? m.shell_title()
	});
	await write
		.insertInto('mails')
		.values({
			id: newId(),
			toName: mail.to.name,
			toEmail: mail.to.email,
			fromName:
				through && mail.fromName
					? m.notices_from({ name: mail.fromName, sender: through.name })
					: (house?.name ?? mail.fromName ?? null),
			byHouse: Boolean(house),
			replyTo: (through ? (mail.replyTo ?? through.replyTo) : (house?.replyTo ?? mail.replyTo)) ?? null,
			subject: mail.subject.replace(/[^\S\u00a0]+/g, ' ').trim(),
			text,
			html,
			kind: mail.kind,
			calendar: mail.calendar?.content ?? null,
			calendarMethod: mail.calendar?.method ?? null,
			secret: mail.secret ?? false,
			personId: typeof mail.stop === 'object' ? mail.stop.personId : null,
			stopToken,
			queuedAt: now,
			nextAttemptAt: now
		})
		.execute();
}

/** Keeps one thing to tell somebody: it leaves with the others, in one mail, at the rhythm that they chose. */
export async function notify(write: Writer, now: Date, told: Told | Told[]): Promise<void> {
	const all = [told].flat();
	if (!all.length) return;
	await write
		.insertInto('notices')
		.values(all.map((one) => ({ id: newId(), ...one, at: now })))
		.execute();
}

/** Whom a mail of notices goes to. */
export type Recipient = { id: string; name: string; email: string | null };

/** Tells somebody what waits for them, in one mail; what they don't want is set aside. Each thing is told once. */
export async function tell(
	context: Context,
	to: Recipient,
	cooperations: { id: string; name: string }[],
	letterheads: ReadonlyMap<string, Letterhead> = new Map()
): Promise<void> {
	const write = allow(context, mayTell(context.actor));
	const { now } = context;
	const waiting = await write
		.selectFrom('notices')
		.select(['id', 'kind', 'cooperationId', 'text', 'path', 'houseId'])
		.where('personId', '=', to.id)
		.where('toldAt', 'is', null)
		.where('setAsideAt', 'is', null)
		.orderBy('at')
		.orderBy('id')
		.forUpdate()
		.skipLocked()
		.execute();
	const choices = await findChoices(write, to.id);
	const told = waiting
		.map((one) => ({ ...one, kind: one.kind as Kind }))
		.filter((notice) => to.email !== null && wanted(choices, notice));
	const tellable = new Set(told.map(({ id }) => id));
	const aside = waiting.filter(({ id }) => !tellable.has(id)).map(({ id }) => id);
	if (aside.length) await write.updateTable('notices').set({ setAsideAt: now }).where('id', 'in', aside).execute();
	if (!told.length || !to.email) return;
	await write
		.updateTable('notices')
		.set({ toldAt: now })
		.where('id', 'in', [...tellable])
		.execute();
	const names = new Map(cooperations.map(({ id, name }) => [id, name]));
	const nameOf = (id: string | null) => (id && names.get(id)) || m.notices_elsewhere();
	const shown = told.slice(0, atMost);
	const groups = group(
		shown,
		cooperations.map(({ id }) => id)
	);
	const title = m.notices_mail_title({ n: told.length });
	// A house signs a mail in which all comes from it or is about what it accompanies, and no other.
	const signers = told.map((one) => letterheads.get(one.houseId ?? one.cooperationId ?? '') ?? null);
	const house = signers.every((one) => one?.id === signers[0]?.id) ? signers[0]! : null;
	const place = groups.every(({ cooperationId }) => cooperationId === groups[0]!.cooperationId) && groups[0]!.cooperationId;
	await post(write, now, {
		to: { name: to.name, email: to.email },
		house,
		subject:
			told.length === 1
				? shorten(told[0]!.text)
				: place
					? m.notices_mail_subject_place({ n: told.length, place: nameOf(place) })
					: title,
		letter: {
			title,
			paragraphs: [],
			lists: groups.map(({ cooperationId, kind, notices }) => ({
				title: m.notices_mail_group({ place: nameOf(cooperationId), kind: word(`notices_kind_${kind}`) }),
				items: notices.map(({ text, path }) => ({ text, url: address(path) }))
			})),
			buttons: [
				{
					label: told.length > atMost ? m.notices_mail_rest({ n: told.length - atMost }) : m.notices_mail_button(),
					url: address('/')
				}
			],
			foot: [m.notices_mail_why()]
		},
		kind: 'notices',
		stop: { personId: to.id }
	});
}

async function keepChoices(
	write: Writer,
	now: Date,
	personId: string,
	choices: { rhythm: Rhythm; withoutKinds?: string[]; withoutCooperations?: string[] }
): Promise<void> {
	await write
		.insertInto('noticeChoices')
		.values({ personId, changedAt: now, ...choices })
		.onConflict((conflict) => conflict.column('personId').doUpdateSet({ changedAt: now, ...choices }))
		.execute();
}

/** Chooses what one is told, and how often. `shown` are the cooperations that the page let choose: others keep their choice. */
export async function chooseNotices(
	context: Context,
	chosen: { rhythm: Rhythm; kinds: Kind[]; cooperations: string[] },
	shown: { kinds: readonly Kind[]; cooperations: string[] }
): Promise<void> {
	const { actor, now } = context;
	const write = allow(context, mayChoose(actor));
	if (actor.is !== 'person') return;
	const before = await findChoices(write, actor.id);
	const hidden = before.withoutCooperations.filter((id) => !shown.cooperations.includes(id));
	await keepChoices(write, now, actor.id, {
		rhythm: chosen.rhythm,
		withoutKinds: shown.kinds.filter((kind) => !chosen.kinds.includes(kind)),
		withoutCooperations: [...hidden, ...shown.cooperations.filter((id) => !chosen.cooperations.includes(id))]
	});
}

/** Chooses how often by the link that stands under a mail: whoever holds the mail may, without signing in. */
export async function chooseByLink(context: Context, token: string, { rhythm }: { rhythm: Rhythm }): Promise<void> {
	const { personId, email } = await findStop(context, token);
	const write = allow(context, mayStop());
	if (personId) return keepChoices(write, context.now, personId, { rhythm });
	if (rhythm === 'never')
		await write
			.insertInto('silencedAddresses')
			.values({ email, at: context.now })
			.onConflict((conflict) => conflict.doNothing())
			.execute();
	else await write.deleteFrom('silencedAddresses').where('email', '=', email).execute();
}

/** Forgets the notices of last year: what they told stays where it was written. */
export async function forgetNotices(context: Context): Promise<void> {
	const write = allow(context, maySweep(context.actor));
	await write
		.deleteFrom('notices')
		.where('at', '<', new Date(context.now.getTime() - noticesKept))
		.execute();
}

/**
 * Erases by right what was told to somebody: notices, choices, and the mails to their address. Those that wait are not sent. What was
 * sent to others and holds their address is forgotten too: whoever received it has it, and we no longer need to.
 */
export async function eraseTold(write: Writer, now: Date, person: { id: string; email: string | null }): Promise<void> {
	await write.deleteFrom('notices').where('personId', '=', person.id).execute();
	await write.deleteFrom('noticeChoices').where('personId', '=', person.id).execute();
	await write
		.updateTable('mails')
		.set({ toName: '', toEmail: '', fromName: null, subject: '', text: '', html: null, calendar: null, reason: null })
		.set((eb) => ({
			personId: null,
			stopToken: null,
			refusedAt: eb.case().when('sentAt', 'is', null).then(now).else(eb.ref('refusedAt')).end()
		}))
		.where((eb) => eb.or([eb('personId', '=', person.id), ...(person.email ? [eb('toEmail', '=', person.email)] : [])]))
		.execute();
	if (!person.email) return;
	await write
		.updateTable('mails')
		.set({ text: '', html: null, calendar: null })
		.where('sentAt', 'is not', null)
		.where((eb) => eb(eb.fn('strpos', [eb.fn('lower', ['text']), eb.val(person.email!.toLowerCase())]), '>', 0))
		.execute();
	await write.updateTable('mails').set({ replyTo: null }).where('replyTo', '=', person.email).execute();
}

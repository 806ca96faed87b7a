import { noteAcceptance, proposePartner } from '#modules/cooperations/commands/partners.server.ts';
import { findCooperationById } from '#modules/cooperations/queries.server.ts';
import { openPoll } from '#modules/meetings/polls/commands.server.ts';
import { listCandidates } from '#modules/meetings/polls/queries.server.ts';
import type { Context } from '#platform/context.server.ts';
import { newId } from '#platform/ids.ts';

type Telling = {
	as: (name: string, days: number) => <T>(run: (context: Context) => Promise<T>) => Promise<T>;
	onDay: (days: number) => string;
};

/** Two structures of the garden have a letter-box and no e-mail: one said yes on the telephone, one has not answered. */
export async function plantLetters({ as, onDay }: Telling, garden: string): Promise<void> {
	const invite = (name: string, days: number) =>
		as(
			'Nadia Benali',
			days
		)((context) => proposePartner(context, garden, { name, role: 'associate', place: null, email: null, actingFor: null }));
	await invite('Les Anciens du Moulin', 11);
	await invite('Amicale des boulistes de la rue Piat', 5);
	await as(
		'Claire Vasseur',
		9
	)(async (context) => {
		const { partners } = await findCooperationById(context, garden);
		await noteAcceptance(context, garden, { partnerId: partners.find(({ name }) => name === 'Les Anciens du Moulin')!.id });
	});
	await as(
		'Nadia Benali',
		3
	)(async (context) => {
		const candidates = await listCandidates(context, await findCooperationById(context, garden));
		return openPoll(context, garden, {
			id: newId(),
			title: 'voir le terrain ensemble',
			place: 'Devant le terrain, rue Piat',
			minutes: 60,
			deadline: onDay(7),
			rows: [8, 10, 15].map((days) => ({ date: onDay(days), time: '17:00' })),
			who: candidates.map(({ key }) => key),
			guests: null,
			actingFor: null
		});
	});
}

import { chooseChannel, keepNote, keepPartner, letPartnerGo, removeNote, type Between } from '#modules/sheets/commands.server.ts';
import { channelForm, keepForm, noteForm, removeNoteForm } from '#modules/sheets/forms.ts';
import { listPresentations } from '#modules/draws/queries.server.ts';
import { listMailingsTo } from '#modules/mailings/queries.server.ts';
import { findKeeper, findSheet, listHistory } from '#modules/sheets/queries.server.ts';
import { today } from '#platform/clock.ts';
import { pageIn } from '#platform/forms.ts';
import { action, page } from '#platform/http.server.ts';
import { newId } from '#platform/ids.ts';
import { word } from '#platform/say.ts';
import { m } from '#words';

export const load = page('signed in', async (context, { organisation, partner }: Between, url) => {
	const keeper = await findKeeper(context, organisation);
	const number = pageIn(url.searchParams);
	const sheet = await findSheet(context, keeper, partner, { page: number });
	const mailings = number === 1 ? await listMailingsTo(context, keeper.id, sheet.about.id) : [];
	const presentations = number === 1 ? await listPresentations(context, keeper.id, sheet.about.id) : [];
	return {
		keeper: { name: keeper.name, path: keeper.path, zone: keeper.zone },
		sheet,
		page: number,
		history:
			number === 1
				? await listHistory(
						context,
						keeper,
						sheet.about.id,
						presentations.concat(
							mailings.map(({ sentAt, kind, title, code, answer }) => ({
								at: sentAt,
								what: kind,
								text: title,
								path: `${keeper.path}/envois/${code}`,
								outcome: answer ? word(`mailings_answer_${answer}`) : kind === 'greeting' ? null : m.mailings_answer_none()
							}))
						)
					)
				: [],
		today: today(context.now, keeper.zone),
		newId: newId()
	};
});

export const actions = {
	note: action('signed in', noteForm, (context, note, where: Between) => keepNote(context, where, note), {
		say: () => m.sheets_note_kept()
	}),
	removeNote: action('signed in', removeNoteForm, (context, input, where: Between) => removeNote(context, where, input), {
		say: () => m.sheets_note_is_removed()
	}),
	channel: action('signed in', channelForm, (context, input, where: Between) => chooseChannel(context, where, input), {
		say: () => m.sheets_channel_saved()
	}),
	keep: action('signed in', keepForm, (context, _, where: Between) => keepPartner(context, where), {
		say: () => m.sheets_is_kept()
	}),
	letGo: action('signed in', keepForm, (context, _, where: Between) => letPartnerGo(context, where), {
		say: () => m.sheets_is_gone()
	})
};

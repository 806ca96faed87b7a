import { m } from '#words';
import { channels } from '#modules/organisations/forms.ts';
import { id, optionalOneOf, text, z } from '#platform/forms.ts';

/** The page draws the number of the note, so that a form sent twice keeps one. */
export const noteForm = z.object({ id: id(), text: text(m.sheets_note_missing, 4000) });
export const removeNoteForm = z.object({ id: id() });
export const channelForm = z.object({ channel: optionalOneOf(channels) });
export const keepForm = z.object({});

import { m } from '#words';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { forgetFile, keepFile } from '#platform/files.server.ts';
import { newId } from '#platform/ids.ts';
import { mayShowFace } from './policy.ts';
import { findMyPortrait } from './queries.server.ts';
import { presentable } from './rules.ts';

/** Shows one's face to those one agreed to: the words of that day are kept with the photo. A new photo replaces the old one. */
export async function showFace(context: Context, { photo }: { photo: File }): Promise<void> {
	const write = allow(context, mayShowFace(context.actor));
	const bytes = presentable(new Uint8Array(await photo.arrayBuffer()));
	await takeBack(write, context);
	await write
		.insertInto('portraits')
		.values({
			id: newId(),
			personId: mayShowFace(context.actor) ? context.actor.id : '',
			file: await keepFile(write, context.now, bytes, { mediaType: '', field: 'photo' }),
			agreedTo: m.portraits_consent(),
			agreedAt: context.now
		})
		.execute();
}

/** Takes one's photo back: nobody sees it from now on, and its bytes go with the next sweep. */
export async function hideFace(context: Context): Promise<void> {
	await takeBack(allow(context, mayShowFace(context.actor)), context);
}

async function takeBack(write: Writer, context: Context): Promise<void> {
	const portrait = await findMyPortrait(context);
	if (!portrait) return;
	await write
		.updateTable('portraits')
		.set({ revokedAt: context.now, file: null })
		.where('id', '=', portrait.id)
		.where('revokedAt', 'is', null)
		.execute();
	await forgetFile(write, portrait.file!);
}

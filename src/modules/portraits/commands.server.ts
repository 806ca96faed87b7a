import { m } from '#words';
import { allow, type Context, type Writer } from '#platform/context.server.ts';
import { forgetFile, keepFile } from '#platform/files.server.ts';
import { redrawn, type Picture } from '#platform/pictures.server.ts';
import { newId } from '#platform/ids.ts';
import { mayShowFace } from './policy.ts';
import { findMyPortrait } from './queries.server.ts';

/** Shows one's face to those one agreed to: the words of that day are kept with the photo. A new photo replaces the old one. */
export async function showFace(context: Context, { photo }: { photo: File }): Promise<void> {
	const write = allow(context, mayShowFace(context.actor));
	const [large, small] = await redrawn(new Uint8Array(await photo.arrayBuffer()), 'photo', { square: 480 }, { square: 120 });
	const kept = ({ bytes }: Picture) => keepFile(write, context.now, bytes, { mediaType: '', field: 'photo' });
	await takeBack(write, context);
	await write
		.insertInto('portraits')
		.values({
			id: newId(),
			personId: mayShowFace(context.actor) ? context.actor.id : '',
			file: await kept(large),
			small: await kept(small),
			agreedTo: m.portraits_consent(),
			agreedAt: context.now
		})
		.execute();
}

/** Takes one's photo back: nobody sees it from now on, and its bytes leave the disk as soon as that is committed. */
export async function hideFace(context: Context): Promise<void> {
	await takeBack(allow(context, mayShowFace(context.actor)), context);
}

async function takeBack(write: Writer, context: Context): Promise<void> {
	const portrait = await findMyPortrait(context);
	if (!portrait) return;
	await write
		.updateTable('portraits')
		.set({ revokedAt: context.now, file: null, small: null })
		.where('id', '=', portrait.id)
		.where('revokedAt', 'is', null)
		.execute();
	for (const file of new Set([portrait.file, portrait.small])) if (file) await forgetFile(write, file);
}

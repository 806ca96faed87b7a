import { showFace } from '#modules/portraits/commands.server.ts';
import { findMyPortrait } from '#modules/portraits/queries.server.ts';
import type { at, World } from '../../seeds/world.ts';
import { png } from '../pictures.ts';
import type { Doors } from './doors.ts';

const face = Buffer.from(await png());
const photo = () => new File([face], 'moi.png', { type: 'image/png' });

/** Nadia shows her face. */
export async function doorsOfPortraits(as: ReturnType<typeof at>, world: World): Promise<Doors> {
	await as(world.actors.nadia, (context) => showFace(context, { photo: photo() }));
	const portrait = await as(world.actors.nadia, findMyPortrait);
	return {
		places: { portrait: portrait!.id },
		forms: { '/compte ?/photo': { photo: photo(), consent: 'on' }, '/compte ?/hidePhoto': {} }
	};
}

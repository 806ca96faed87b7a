import { dehors } from './dehors.ts';
import { images } from './images.ts';
import { mains } from './mains.ts';
import type { ObjectItem, ThemeId } from './object.ts';
import { recits } from './recits.ts';
import { scene } from './scene.ts';
import { voisins } from './voisins.ts';

/** The themes by which objects are looked for, in this order. */
export const themes: Readonly<Record<ThemeId, string>> = {
	scene: 'Sur scène',
	recits: 'Écrire, lire, raconter',
	images: 'Images et musées',
	mains: 'De ses mains',
	dehors: 'Dehors, en chemin',
	voisins: 'Entre voisins'
};

/** What people have done together, ready to be done again elsewhere. */
export const objects: readonly ObjectItem[] = [...scene, ...recits, ...images, ...mains, ...dehors, ...voisins];

/** Where an item holds: France, Alsace and Moselle (France, local law), Belgium, or anywhere. */
export type Jurisdiction = 'any' | 'FR' | 'FR-AM' | 'BE';

/** What every item of content says of itself. `version` grows by one when its meaning changes; `source` says where the facts come from. */
export type Item = {
	id: string;
	language: 'fr';
	jurisdiction: Jurisdiction;
	version: number;
	source: string;
};

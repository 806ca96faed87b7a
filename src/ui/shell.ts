// What surrounds every page. The root layout's load gives it; without it, the signed-out shell is shown.
import type { IconName } from './icons.ts';

export type Link = { href: string; label: string };

// A flash says what just happened, once, at the top of the next page. `info` is the neutral one.
export type FlashMessage = { state: 'fait' | 'alerte' | 'bloque' | 'info'; title: string; text?: string };

export type Shell = {
	person: { name: string; initials: string } | null;
	menu: { href: string; label: string; icon: IconName; current: boolean }[];
	// the organisations that the person can act for, with what they may do there, listed in the account menu
	organisations: (Link & { role: string })[];
	// the other pages of the account menu; signing out is added by the layout
	account: Link[];
	foot: { keeper: string | null; phone: string | null; links: Link[] };
	flash: FlashMessage | null;
	theme: 'light' | 'dark' | 'system';
};

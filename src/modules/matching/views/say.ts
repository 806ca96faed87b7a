import { when } from '#modules/needs/views/say.ts';
import { word } from '#platform/say.ts';
import { m } from '#words';
import type { Reason, Reservation } from '../rules.ts';

const kilometres = (km: number): string =>
	km < 1 ? m.matching_reason_very_near() : m.matching_reason_near({ km: Math.round(km) });
const number = (text: string): string => Number(text).toLocaleString('fr-FR');

/** A reason in words. */
export function sayReason(reason: Reason): string {
	if (reason.is === 'near') return reason.km === 0 ? m.matching_reason_here() : kilometres(reason.km);
	if (reason.is === 'available') return m.matching_reason_available();
	if ('text' in reason) return word(`matching_reason_${reason.is}`, { text: reason.text });
	const said = reason.is === 'channels' ? reason.words.map((one) => word(`organisations_channel_${one}`)) : reason.words;
	return word(`matching_reason_${reason.is}`, { words: said.join(', ') });
}

/** A reservation in words; `day` today. */
export function sayReservation(reservation: Reservation, day: string): string {
	if (reservation.is === 'far') return m.matching_reserve_far({ km: Math.round(reservation.km) });
	if (reservation.is === 'elsewhere') return m.matching_reserve_elsewhere({ km: Math.round(reservation.km) });
	if (reservation.is === 'nowhere') return m.matching_reserve_nowhere();
	if (reservation.is === 'partly') {
		const said = when(reservation, day) ?? '';
		return m.matching_reserve_partly({ when: said.charAt(0).toLowerCase() + said.slice(1) });
	}
	if (reservation.is === 'by-voice') return m.matching_reserve_by_voice();
	if (reservation.is === 'rather') return word(`matching_reserve_${reservation.way}`);
	if (reservation.is === 'constraints') return m.matching_reserve_constraints({ text: reservation.text });
	return m.matching_reserve_fewer({ has: number(reservation.has), wanted: number(reservation.wanted), unit: reservation.unit });
}

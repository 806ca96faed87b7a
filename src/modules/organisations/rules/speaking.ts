import type { Actor } from '#platform/actor.ts';
import { m } from '#words';
import { roleIn } from './mandates.ts';

/** Those in whose name a form lets one act, each with what one may do there: whoever belongs to several sees as whom they sign. */
export const inNameOf = (actor: Actor, ones: { organisationId: string; name: string }[]) =>
	ones.map(({ organisationId, name }) => {
		const belonging = actor.is === 'person' ? actor.belongings.find((one) => one.organisationId === organisationId) : undefined;
		const role = belonging && roleIn(belonging);
		return {
			value: organisationId,
			name,
			label: role ? m.organisations_in_the_name_of({ name, role: role.charAt(0).toLowerCase() + role.slice(1) }) : name
		};
	});

import { listInvitationsToMe, listMyCooperations } from '#modules/cooperations/queries.server.ts';
import { listMyTasks } from '#modules/lines/queries.server.ts';
import { page } from '#platform/http.server.ts';

export const load = page('everyone', async (context) => {
	if (context.actor.is !== 'person') return { home: null };
	const { cooperations } = await listMyCooperations(context, { page: 1 });
	return {
		home: {
			name: context.actor.name,
			belongings: context.actor.belongings,
			administrator: context.actor.administrator,
			invitations: await listInvitationsToMe(context),
			tasks: await listMyTasks(context),
			cooperations: cooperations.slice(0, 6)
		}
	};
});

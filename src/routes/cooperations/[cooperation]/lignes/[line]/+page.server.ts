import { m } from '#words';
import { findCooperation } from '#modules/cooperations/queries.server.ts';
import { speaksHereFor } from '#modules/cooperations/policy.ts';
import { standingOf } from '#modules/cooperations/rules.ts';
import { markLine, reviseLine, shareLine } from '#modules/lines/commands.server.ts';
import { markForm, reviseForm, shareForm } from '#modules/lines/forms.ts';
import { abilitiesOn } from '#modules/lines/policy.ts';
import { findLine, listLines, listMarks } from '#modules/lines/queries.server.ts';
import { changesBetween } from '#modules/lines/rules/versions.ts';
import { sectionOf } from '#modules/lines/rules/sections.ts';
import { listPeopleOf } from '#modules/organisations/queries/people.server.ts';
import { today } from '#platform/clock.ts';
import type { Context } from '#platform/context.server.ts';
import { NotFound } from '#platform/errors.ts';
import { action, page } from '#platform/http.server.ts';
import { z } from '#platform/forms.ts';

type Params = { cooperation: string; line: string };

/** An address that is no identifier leads nowhere; the database isn't asked. */
const known = (id: string): string => {
	if (!z.uuid().safeParse(id).success) throw new NotFound();
	return id;
};

export const load = page('signed in', async (context, params: Params) => {
	const cooperation = await findCooperation(context, params.cooperation);
	const { line, versions } = await findLine(context, known(params.line));
	if (line.cooperationId !== cooperation.id) throw new NotFound();
	const can = abilitiesOn(context.actor, cooperation, line);
	const present = cooperation.partners.filter((one) => ['accepted', 'invited'].includes(standingOf(one)));
	const mine = speaksHereFor(context.actor, cooperation);
	const people = can.revise
		? await listPeopleOf(
				context,
				present.map(({ organisationId }) => organisationId)
			)
		: [];
	const beside = can.revise && ['indicator', 'measure'].includes(line.kind);
	const abouts = beside ? await listLines(context, cooperation.id, [line.kind === 'measure' ? 'indicator' : 'objective']) : [];
	return {
		cooperation,
		line,
		can,
		day: today(context.now, cooperation.zone),
		section: sectionOf(line),
		versions: versions.map((version, i) => ({
			...version,
			changes: versions[i + 1] ? changesBetween(versions[i + 1]!.text, version.text) : null
		})),
		marks: await listMarks(context, line.root),
		speakers: mine.includes(line.actingFor)
			? []
			: cooperation.accepted
					.filter(({ organisationId }) => mine.includes(organisationId))
					.map(({ organisationId, name }) => ({ value: organisationId, label: name })),
		choices: {
			partners: present.map(({ organisationId, name }) => ({ value: organisationId, label: name })),
			people: people.map(({ personId, organisationId, name }) => ({
				value: personId,
				label: name,
				group: present.find((one) => one.organisationId === organisationId)!.name
			})),
			abouts: {
				[line.kind]: abouts
					.filter(({ audience }) => audience !== 'organisation')
					.map(({ root, text }) => ({ value: root, label: text.length > 80 ? `${text.slice(0, 79)}…` : text }))
			}
		}
	};
});

const here = async (context: Context, { cooperation }: Params) => (await findCooperation(context, cooperation)).id;

export const actions = {
	revise: action(
		'signed in',
		reviseForm,
		async (context, input, params: Params) => reviseLine(context, input, await here(context, params)),
		{ say: () => m.lines_revised() }
	),
	mark: action(
		'signed in',
		markForm,
		async (context, input, params: Params) => markLine(context, input, await here(context, params)),
		{ say: () => m.lines_marked() }
	),
	share: action(
		'signed in',
		shareForm,
		async (context, input, params: Params) => shareLine(context, input, await here(context, params)),
		{ say: () => m.lines_shared() }
	)
};

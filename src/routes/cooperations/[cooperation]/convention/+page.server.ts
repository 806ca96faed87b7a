import { openTo, writeAgreement } from '#modules/agreements/commands.server.ts';
import { freeze, keepOwnDocument } from '#modules/agreements/commands/freezing.server.ts';
import { audienceForm, documentForm, freezeForm, writeForm } from '#modules/agreements/forms.ts';
import { abilities, commitsFor, maySignFor } from '#modules/agreements/policy.ts';
import { findAgreement, listLacking, readDraft } from '#modules/agreements/queries.server.ts';
import { listSignatures, listVersions } from '#modules/agreements/queries/versions.server.ts';
import { placeOfPoint } from '#modules/agreements/rules/points.ts';
import { speaksHereFor } from '#modules/cooperations/policy.ts';
import { findCooperation, inCooperation } from '#modules/cooperations/queries.server.ts';
import { speakersHere } from '#modules/cooperations/rules.ts';
import { action, page } from '#platform/http.server.ts';
import { m } from '#words';

type Params = { cooperation: string };

export const load = page('signed in', async (context, { cooperation: address }: Params) => {
	const cooperation = await findCooperation(context, address);
	const agreement = await findAgreement(context, cooperation);
	const draft = agreement && (await readDraft(context, cooperation, agreement));
	const versions = await listVersions(context, cooperation.id);
	const last = versions[0];
	const signatories = last ? await listSignatures(context, last.id) : [];
	const named = (ids: string[]) => speakersHere(context.actor, cooperation, ids);
	return {
		cooperation,
		audience: agreement?.audience ?? null,
		accompanied: cooperation.accompanied,
		draft: draft && {
			content: draft.content,
			sha256: draft.sha256,
			removed: draft.clauses.length - draft.standing.length,
			points: draft.points.map((point) => ({ ...point, href: placeOfPoint(cooperation.path, point.id) })),
			same: versions.find(({ kind }) => kind === 'compiled')?.sha256 === draft.sha256
		},
		versions,
		signatories,
		toSign: signatories
			.filter(({ organisationId, standing }) => standing !== 'signed' && maySignFor(context.actor, organisationId))
			.map(({ organisationId, name, standing }) => ({ organisationId, name, standing })),
		speakers: named(speaksHereFor(context.actor, cooperation)),
		committers: named(commitsFor(context.actor, cooperation)),
		lacking: agreement ? [] : await listLacking(context, cooperation),
		can: abilities(context.actor, cooperation, agreement?.audience ?? 'partners')
	};
});

export const actions = {
	write: action('signed in', writeForm, inCooperation(writeAgreement), { say: () => m.agreements_written() }),
	freeze: action('signed in', freezeForm, inCooperation(freeze), {
		say: ({ n, unprintable }) =>
			unprintable.length ? m.agreements_frozen_but({ n, signs: unprintable.slice(0, 10).join(' ') }) : m.agreements_frozen({ n })
	}),
	keepDocument: action('signed in', documentForm, inCooperation(keepOwnDocument), {
		say: ({ n }) => m.agreements_document_kept({ n })
	}),
	openTo: action('signed in', audienceForm, inCooperation(openTo), { say: () => m.agreements_audience_kept() })
};

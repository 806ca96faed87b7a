import { agreementArticles } from '#content/agreement/clauses.ts';
import { printVersion } from '#modules/agreements/documents.server.ts';
import { compile, settled } from '#modules/agreements/rules/compile.ts';
import type { Facts, Party, Said } from '#modules/agreements/rules/facts.ts';
import { canonical, fingerprint } from '#modules/agreements/rules/versions.ts';

/** Nine partners, sixty lines: an agreement of the size of the field's own example. */
function example(): Facts {
	const parties: Party[] = Array.from({ length: 9 }, (_, i) => ({
		organisationId: String(i),
		name: `Structure ${i + 1}`,
		kind: i < 7 ? 'association' : i === 7 ? 'local_authority' : 'foundation',
		role: i < 7 ? 'carrier' : i === 7 ? 'public' : 'funder',
		place: null,
		register: null,
		form: i < 7 ? 'association' : i === 7 ? 'local_authority' : 'foundation',
		law: 'FR',
		representative: null
	}));
	const kinds = [
		['information', 'stakes'],
		['objective', 'common'],
		['information', 'methods'],
		['information', 'sessions'],
		['role', null],
		['contribution', 'money'],
		['task', null],
		['date', 'project']
	] as const;
	const lines: Said[] = Array.from({ length: 60 }, (_, i) => {
		const { organisationId, name } = parties[i % parties.length]!;
		const [kind, topic] = kinds[i % kinds.length]!;
		return {
			kind,
			topic,
			text: `Une phrase de la longueur habituelle, écrite par une structure, ligne ${i}.`,
			actingFor: organisationId,
			speaker: name,
			whoOrganisation: organisationId,
			whoOrganisationName: name,
			whoPersonName: null,
			heldBy: null,
			holderName: null,
			startsOn: kind === 'date' ? '2027-04-09' : null,
			endsOn: kind === 'date' ? '2027-04-09' : null,
			phase: kind === 'date' ? 'during' : null,
			cents: kind === 'contribution' ? 40_000 : null,
			currency: kind === 'contribution' ? 'EUR' : null,
			quantity: null,
			unit: null
		};
	});
	return { name: 'Avril enchanté', sentence: 'Jouer ensemble.', place: 'Paris 20e', parties, lines };
}

/** How many agreements a second are compiled, hashed and typeset, both files each; the pages of one; milliseconds of compiling alone. */
export async function measureAgreements(count = 20): Promise<{ perSecond: number; pages: number; compileMs: number }> {
	const clauses = agreementArticles
		.filter(({ usual }) => usual)
		.map((article) => ({ id: article.id, article: article.id, source: article, title: article.title, text: null }));
	const facts = example();
	const now = new Date('2026-11-22T10:00:00Z');
	const make = () => {
		const content = settled(compile(clauses, facts));
		return { content, sha256: fingerprint(canonical(content)) };
	};
	const print = () => {
		const { content, sha256 } = make();
		return printVersion(content, { n: 1, frozenAt: now, sha256 }, { now, zone: 'Europe/Paris' });
	};
	const { reading } = await print();
	const compiling = performance.now();
	for (let i = 0; i < 100; i++) make();
	const compileMs = (performance.now() - compiling) / 100;
	const started = performance.now();
	await Promise.all(Array.from({ length: Math.min(count, 30) }, print));
	return { perSecond: Math.min(count, 30) / ((performance.now() - started) / 1000), pages: reading.pages, compileMs };
}

if (import.meta.main) console.log(await measureAgreements());

// A process of its own, so that a document that never ends can be killed and its memory given back: a thread inside
// native code can be neither stopped nor measured.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { NodeError } from '@myriaddreamin/typst-ts-node-compiler';

export type Job = { id: number; template: string; inputs: Record<string, string>; standard?: string; timestamp: number };
export type Proof = { id: number; pdf: Uint8Array; pages: number } | { id: number; faults: string[] };
export type Setting = { root: string; fonts: string[] };

type Diagnostic = { message: string; path: string; range: { start: { line: number; character: number } } | null };

const { root, fonts } = JSON.parse(process.argv[2]!) as Setting;
const unsavedTemplate = join(root, 'src/platform/pdf/given-as-text.typ');
const compiler = NodeCompiler.create({ workspace: root, fontArgs: [{ fontBlobs: fonts.map((path) => readFileSync(path)) }] });

process.on('message', (job: Job) => {
	process.send!(compose(job));
	compiler.evictCache(3);
});
process.on('disconnect', () => process.exit());

function compose({ id, template, inputs, standard, timestamp }: Job): Proof {
	const given = !template.endsWith('.typ');
	if (given) compiler.addSource(unsavedTemplate, template);
	try {
		const compiled = compiler.compile({ mainFilePath: given ? unsavedTemplate : join(root, template), inputs, resetRead: true });
		const faults = [...places(compiled.takeError()), ...places(compiled.takeWarnings())];
		if (!compiled.result || faults.length) return { id, faults };
		const pdf = compiler.pdf(compiled.result, { pdfStandard: standard, creationTimestamp: timestamp });
		return { id, pdf: new Uint8Array(pdf), pages: compiled.result.numOfPages };
	} catch (error) {
		return { id, faults: exportFaults(String((error as Error).message)) };
	} finally {
		if (given) compiler.unmapShadow(unsavedTemplate);
	}
}

function places(error: NodeError | null): string[] {
	if (!error) return [];
	return (compiler.fetchDiagnostics(error) as Diagnostic[]).map(({ message, path, range }) => {
		const file = path === unsavedTemplate ? 'template' : path.replace(`${root}/`, '');
		return range ? `${file}:${range.start.line + 1}:${range.start.character + 1}: ${message}` : `${file}: ${message}`;
	});
}

// The exporter says its faults in Rust's debug notation and without a place.
function exportFaults(text: string): string[] {
	const messages = [...text.matchAll(/message: "((?:[^"\\]|\\.)*)"/g)].map(([, message]) => message!.replaceAll(/\\(.)/g, '$1'));
	return messages.length ? messages : [text];
}

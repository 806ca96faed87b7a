import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { m } from '#words';
import type { Job, Proof, Setting } from './compositor.ts';
import { charactersOf } from './coverage.ts';

export type Standard = 'ua-1' | 'a-2a' | 'none';
export type Typeset = {
	/** The date written in the file. The clock is data: the same template, data and date give the same bytes. */
	date: Date;
	/** `ua-1` to be read, `a-2a` to be archived. */
	standard?: Standard;
	/** How long the document may take, in milliseconds. */
	within?: number;
};
export type Printed = {
	pdf: Uint8Array;
	pages: number;
	/** Characters that no font of ours can draw: « � » stands for each on the page. */
	unprintable: string[];
};

/** Why a document was not made: its template is wrong, it is too long or too heavy, or too many wait. */
export class NotTypeset extends Error {
	reason: 'template' | 'too-long' | 'too-heavy' | 'too-many' | 'stopped';
	constructor(reason: NotTypeset['reason'], message: string) {
		super(message);
		this.name = 'NotTypeset';
		this.reason = reason;
	}
}

const waitingAtMost = 64;
const dataAtMost = 4_000_000;
const memoryAtMost = 600_000_000;
const idleAtMost = 60_000;

/** Makes a tagged PDF of a template (a `.typ` path from the project's root, or Typst source) and of data, which never counts as markup. */
export async function typeset(template: string, data: unknown, options: Typeset): Promise<Printed> {
	const { date, standard = 'ua-1', within = 20_000 } = options;
	const unprintable = new Set<string>();
	const json = JSON.stringify(data ?? null, (_, value) => (typeof value === 'string' ? printable(value, unprintable) : value));
	if (json.length > dataAtMost) throw new NotTypeset('too-heavy', `${json.length} characters of data, ${dataAtMost} at most`);
	const job = {
		id: ++lastId,
		template,
		inputs: { data: json, words: JSON.stringify(wordsOnPaper()) },
		standard: standard === 'none' ? undefined : standard,
		timestamp: Math.floor(date.getTime() / 1000)
	};
	const proof = await compose(job, within);
	if ('faults' in proof) throw new NotTypeset('template', proof.faults.join('\n'));
	return { pdf: proof.pdf, pages: proof.pages, unprintable: [...unprintable] };
}

function wordsOnPaper() {
	return {
		page: m.pdf_page({ n: '{n}', of: '{of}' }),
		draft: m.pdf_draft(),
		fingerprint: m.pdf_fingerprint(),
		name: m.pdf_name(),
		capacity: m.pdf_capacity(),
		place: m.pdf_place(),
		signature: m.pdf_signature(),
		article: m.pdf_article({ n: '{n}' })
	};
}

// Text

const controls = /(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffc\ufffe\uffff]/gu;
// A font's own signs have no meaning elsewhere: PDF/A refuses them.
const privateUse = /\p{Co}/u;
const invisible = /[\n\p{Default_Ignorable_Code_Point}]/u;
let drawable: Set<number> | undefined;

// Characters that steer a terminal or turn the reading order around have no place on paper; those without a glyph would make
// the export fail, so they are shown as « � ».
function printable(text: string, unprintable: Set<string>): string {
	drawable ??= new Set(fonts().flatMap((path) => [...charactersOf(readFileSync(path))]));
	const lines = text
		.toWellFormed()
		.normalize('NFC')
		.replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
		.replaceAll('\t', ' ');
	let result = '';
	for (const character of lines.replaceAll(controls, '')) {
		const drawn = drawable.has(character.codePointAt(0)!) && !privateUse.test(character);
		const shown = drawn || invisible.test(character);
		if (!shown) unprintable.add(character);
		result += shown ? character : '\ufffd';
	}
	return result;
}

// Places

let foundRoot: string | undefined;

// This file runs from src, or inside a chunk of build/server: the root is where this folder's sources are.
function root(): string {
	if (foundRoot) return foundRoot;
	for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
		if (existsSync(join(folder, 'src/platform/pdf/compositor.ts'))) return (foundRoot = folder);
		if (folder === dirname(folder)) break;
	}
	return (foundRoot = process.cwd());
}

function fonts(): string[] {
	const atkinson = ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'];
	const google = join(root(), 'node_modules/@expo-google-fonts');
	return [
		...atkinson.map((cut) => join(google, 'atkinson-hyperlegible-next', cut, `AtkinsonHyperlegibleNext_${cut}.ttf`)),
		...['700Bold', '800ExtraBold'].map((cut) => join(google, 'bricolage-grotesque', cut, `BricolageGrotesque_${cut}.ttf`)),
		join(root(), 'node_modules/dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
		join(root(), 'node_modules/dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
		join(google, 'noto-emoji/400Regular/NotoEmoji_400Regular.ttf')
	];
}

// The pool

type Order = { job: Job; within: number; resolve: (proof: Proof) => void; reject: (error: Error) => void };
type Compositor = { process: ChildProcess; order?: Order; watch?: NodeJS.Timeout };

const compositorsAtMost = Math.min(2, availableParallelism());
const waiting: Order[] = [];
let compositors: Compositor[] = [];
let lastId = 0;

function compose(job: Job, within: number): Promise<Proof> {
	if (waiting.length >= waitingAtMost) throw new NotTypeset('too-many', `${waitingAtMost} documents wait already`);
	return new Promise((resolve, reject) => {
		waiting.push({ job, within, resolve, reject });
		serve();
	});
}

function serve() {
	while (waiting.length) {
		const free = compositors.find(({ order }) => !order) ?? (compositors.length < compositorsAtMost ? hire() : undefined);
		if (!free) return;
		give(free, waiting.shift()!);
	}
}

function hire(): Compositor {
	const setting: Setting = { root: root(), fonts: fonts() };
	const nowhere = 'http://127.0.0.1:9';
	const compositor: Compositor = {
		process: fork(join(root(), 'src/platform/pdf/compositor.ts'), [JSON.stringify(setting)], {
			cwd: root(),
			serialization: 'advanced',
			execArgv: [],
			stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
			// Nothing of ours is lent: no secret, no font of the machine, no package folder, no way out to the network.
			env: {
				FONTCONFIG_FILE: join(root(), 'src/platform/pdf/fonts.conf'),
				HOME: '/var/empty',
				HTTP_PROXY: nowhere,
				HTTPS_PROXY: nowhere,
				ALL_PROXY: nowhere
			}
		})
	};
	compositor.process.on('message', (proof: Proof) => finish(compositor, (order) => order.resolve(proof)));
	compositor.process.on('error', (error) => dismiss(compositor, new NotTypeset('stopped', error.message)));
	compositor.process.on('exit', () => dismiss(compositor, new NotTypeset('stopped', 'the compositor stopped by itself')));
	compositors.push(compositor);
	rest(compositor);
	return compositor;
}

function give(compositor: Compositor, order: Order) {
	clearTimeout(compositor.watch);
	compositor.order = order;
	compositor.process.ref();
	compositor.process.channel?.ref();
	const started = performance.now();
	compositor.watch = setInterval(() => {
		if (performance.now() - started > order.within) {
			dismiss(compositor, new NotTypeset('too-long', `not ready after ${order.within} ms`));
		} else if (memoryOf(compositor.process) > memoryAtMost) {
			dismiss(compositor, new NotTypeset('too-heavy', `more than ${memoryAtMost / 1e6} MB of memory`));
		}
	}, 100);
	compositor.process.send(order.job, (error) => {
		if (error) dismiss(compositor, new NotTypeset('stopped', error.message));
	});
}

function finish(compositor: Compositor, settle: (order: Order) => void) {
	clearTimeout(compositor.watch);
	const { order } = compositor;
	compositor.order = undefined;
	rest(compositor);
	if (order) settle(order);
	serve();
}

// An idle compositor keeps no script alive, and gives its memory back after a while.
function rest(compositor: Compositor) {
	compositor.process.unref();
	compositor.process.channel?.unref();
	if (!compositors.includes(compositor)) return;
	compositor.watch = setTimeout(() => dismiss(compositor, new NotTypeset('stopped', 'idle')), idleAtMost).unref();
}

function dismiss(compositor: Compositor, why: NotTypeset) {
	if (!compositors.includes(compositor)) return;
	compositors = compositors.filter((other) => other !== compositor);
	compositor.process.kill('SIGKILL');
	finish(compositor, (order) => order.reject(why));
}

process.once('exit', () => compositors.forEach(({ process }) => process.kill('SIGKILL')));

// Resident bytes; where the machine has no /proc, time alone is bounded.
function memoryOf({ pid }: ChildProcess): number {
	try {
		return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096;
	} catch {
		return 0;
	}
}

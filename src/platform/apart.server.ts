import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { Refused } from './errors.ts';
import type { Ask, Said } from './apart.ts';

const entry = 'src/platform/apart.ts';
/** Megabytes: what the largest list takes to read, twice. */
const memory = 768;
/** Milliseconds that one part may take: a file made to be read without end takes longer than any list does. */
const longest = 180_000;

/**
 * What a generator yields, from a process of its own: heavy work on what somebody brought neither makes the pages wait nor stays
 * in their memory. `module` is a path from the project's root, `name` the generator that it exports. A refusal comes back as one; what
 * takes more time or memory than a list ever does is refused too.
 */
export async function* apart<T>(module: string, name: string, input: unknown, patience = longest): AsyncGenerator<T, void> {
	const child = fork(path.resolve(entry), {
		serialization: 'advanced',
		execArgv: [`--max-old-space-size=${memory}`],
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
		env: {}
	});
	try {
		for (let ask: Ask = { module: path.resolve(module), name, input }; ; ask = 'next') {
			const said = await answerOf(child, ask, patience);
			if ('refused' in said) throw new Refused(said.refused.code, said.refused.details);
			if ('fault' in said) throw new Error(said.fault);
			if ('over' in said) return;
			yield said.part as T;
		}
	} finally {
		child.kill('SIGKILL');
	}
}

async function answerOf(child: ChildProcess, ask: Ask, patience: number): Promise<Said> {
	const settled = new AbortController();
	const { signal } = settled;
	let late = false;
	const timer = setTimeout(() => {
		late = true;
		child.kill('SIGKILL');
	}, patience);
	try {
		const answer = once(child, 'message', { signal }).then(([said]) => said as Said);
		const end = once(child, 'exit', { signal }).then(([code, how]): Said => {
			// Node aborts when its memory is used up; any other end is none of the file's doing.
			const full = how === 'SIGABRT' || code === 134;
			return late || full ? { refused: { code: 'platform.apart-too-much', details: {} } } : { fault: `${entry} ended (${code})` };
		});
		answer.catch(() => {});
		end.catch(() => {});
		child.send(ask, (problem) => problem && child.kill('SIGKILL'));
		return await Promise.race([answer, end]);
	} finally {
		clearTimeout(timer);
		settled.abort();
	}
}

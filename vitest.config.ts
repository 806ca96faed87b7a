import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const plugins = [svelte({ configFile: false })];

export default defineConfig({
	test: {
		projects: [
			{
				plugins,
				test: {
					name: 'unit',
					include: ['{src,tests,content,scripts,seeds}/**/*.test.ts'],
					environment: 'node',
					globalSetup: ['tests/setup/database.ts'],
					// Vitest would leave a processor free, half of a small machine.
					maxWorkers: '100%',
					testTimeout: 60_000,
					hookTimeout: 60_000
				}
			},
			{
				plugins,
				test: {
					name: 'e2e',
					include: ['e2e/**/*.test.ts'],
					environment: 'node',
					globalSetup: ['tests/setup/database.ts'],
					testTimeout: 120_000,
					hookTimeout: 120_000,
					fileParallelism: false,
					// A shared machine may starve a browser; a journey that is broken fails twice.
					retry: process.env.CI ? 1 : 0
				}
			}
		]
	}
});

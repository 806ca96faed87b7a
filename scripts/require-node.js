// Plain JavaScript, loaded before anything else: an old Node cannot read the rest, and would say so in its own words.
import fs from 'node:fs';

const needed = '24.2';
const number = (version) => version.split('.').reduce((sum, part, index) => sum + Number(part) * 1000 ** (2 - index), 0);

if (number(process.versions.node) < number(`${needed}.0`)) {
	const words = JSON.parse(fs.readFileSync(new URL('../messages/fr/platform.json', import.meta.url), 'utf8'));
	console.error(words.platform_node_too_old.replace('{needed}', needed).replace('{found}', process.versions.node));
	process.exit(1);
}

import { atTerminal } from './terminal.ts';

/* npm run verify: follows every chain of the journal, and makes sure that no row lacks its file. */
await atTerminal(async (settings) => {
	const { m } = await import('#words');
	const { verifyChains } = await import('#modules/journal/queries.server.ts');
	const { borrowDatabase } = await import('#platform/database/borrow.server.ts');
	const { connect } = await import('#platform/database/connection.server.ts');
	const { findDamagedFiles } = await import('#platform/backup/damage.server.ts');
	const { word } = await import('#platform/say.ts');

	const database = await borrowDatabase(settings);
	const db = connect(database.url, { connections: 1 });
	let chains = 0;
	let links = 0;
	let erased = 0;
	let wrong = 0;
	try {
		// One moment: what people write meanwhile would look like a link too many.
		await db
			.transaction()
			.setIsolationLevel('repeatable read')
			.setAccessMode('read only')
			.execute(async (tx) => {
				for await (const verdict of verifyChains(tx)) {
					chains++;
					if (verdict.state === 'whole') {
						links += verdict.entries;
						erased += verdict.erased;
						continue;
					}
					wrong++;
					const { chain, n } = verdict;
					const why = word(`upkeep_link_${verdict.why}`);
					console.error(m.upkeep_chain_broken({ kind: word(`upkeep_chain_${verdict.kind}`), chain, n, why }));
				}
				for await (const { sha256, state } of findDamagedFiles(tx, settings.dataFolder)) {
					wrong++;
					console.error(state === 'missing' ? m.upkeep_file_missing({ sha256 }) : m.upkeep_file_changed({ sha256 }));
				}
			});
	} finally {
		await db.destroy();
		await database.giveBack();
	}
	if (wrong) return 1;
	console.log(m.upkeep_chains_whole({ chains, links }));
	if (erased) console.log(m.upkeep_links_erased({ n: erased }));
	return 0;
});

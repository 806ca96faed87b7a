/** What the sums of a budget read in a line. */
export type Valued = {
	kind: string;
	topic: string | null;
	actingFor: string;
	speaker: string;
	whoOrganisation: string | null;
	whoOrganisationName: string | null;
	cents: number | null;
	currency: string | null;
	quantity: string | null;
	unit: string | null;
	audience: string;
};

/** Who brings it: the partner that the line names, otherwise the one that speaks. */
export const bringerOf = (line: Pick<Valued, 'actingFor' | 'speaker' | 'whoOrganisation' | 'whoOrganisationName'>) => ({
	id: line.whoOrganisation ?? line.actingFor,
	name: line.whoOrganisationName ?? line.speaker
});

/** Exact decimals, in millionths: a sum of hours never loses a quarter of one. */
export const millionths = (quantity: string): bigint => {
	const [whole = '0', part = ''] = quantity.split('.');
	return BigInt(whole) * 1_000_000n + BigInt(part.slice(0, 6).padEnd(6, '0'));
};

/** « 12.5 », without the zeros that say nothing. */
export const plainQuantity = (quantity: string): string =>
	quantity.includes('.') ? quantity.replace(/0+$/, '').replace(/\.$/, '') : quantity;

/** The exact decimal that some millionths make. */
export const fromMillionths = (sum: bigint): string =>
	plainQuantity(`${sum / 1_000_000n}.${String(sum % 1_000_000n).padStart(6, '0')}`);

/** Hours, chairs, rooms: a sum for each unit as it is written, case and spaces aside. */
export function quantitiesOf(lines: Pick<Valued, 'quantity' | 'unit'>[]): { unit: string; quantity: string }[] {
	const sums = new Map<string, { unit: string; sum: bigint }>();
	for (const { quantity, unit } of lines) {
		if (quantity === null || unit === null) continue;
		const key = unit.trim().toLowerCase();
		const found = sums.get(key) ?? { unit: unit.trim(), sum: 0n };
		found.sum += millionths(quantity);
		sums.set(key, found);
	}
	return [...sums.values()].map(({ unit, sum }) => ({
		unit,
		quantity: fromMillionths(sum)
	}));
}

export type Sums = {
	currency: string;
	/** In money. */
	money: number;
	/** Material, premises, skills and hours, as their partners value them. */
	inKind: number;
	/** What the needs cost, where somebody wrote it. */
	needed: number;
	/** What is brought, less what is needed: negative when something is missing. */
	balance: number;
};

/** The minimal budget of a cooperation, currency by currency: they are never mixed. What a partner keeps at home isn't in it. */
export function budgetOf(lines: Pick<Valued, 'kind' | 'topic' | 'cents' | 'currency' | 'audience'>[]): Sums[] {
	const sums = new Map<string, Sums>();
	for (const { kind, topic, cents, currency, audience } of lines) {
		if (cents === null || currency === null || audience === 'organisation') continue;
		const sum = sums.get(currency) ?? { currency, money: 0, inKind: 0, needed: 0, balance: 0 };
		if (kind === 'need') sum.needed += cents;
		else if (topic === 'money') sum.money += cents;
		else sum.inKind += cents;
		sum.balance = sum.money + sum.inKind - sum.needed;
		sums.set(currency, sum);
	}
	return [...sums.values()];
}

/** What each partner brings, in the order of the partners: cents by currency, quantities by unit. */
export function broughtBy(
	lines: Valued[],
	order: readonly string[]
): { id: string; name: string; sums: Sums[]; quantities: { unit: string; quantity: string }[] }[] {
	const groups = new Map<string, { id: string; name: string; lines: Valued[] }>();
	for (const line of lines) {
		if (line.kind !== 'contribution' || line.audience === 'organisation') continue;
		const who = bringerOf(line);
		const group = groups.get(who.id) ?? { ...who, lines: [] };
		group.lines.push(line);
		groups.set(who.id, group);
	}
	const place = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
	return [...groups.values()]
		.toSorted((a, b) => place(a.id) - place(b.id))
		.map(({ id, name, lines: own }) => ({ id, name, sums: budgetOf(own), quantities: quantitiesOf(own) }));
}

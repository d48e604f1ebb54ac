/** One use in the reference model: so much of one kind. */
export interface ModelItem {
  readonly kind:
    | 'llm'
    | 'search'
    | 'premium'
    | 'traces'
    | 'emails'
    | 'workflows'
    | 'calls'
    | 'exports'
    | 'storage'
    | 'runs';
  /** In millionths; requests and calls are whole. */
  readonly quantity: bigint;
}

export interface ModelGrant {
  readonly id: string;
  readonly priority: number;
  readonly kinds: readonly string[] | null;
  readonly expiresAtMs: number | null;
  readonly createdAtMs: number;
  remaining: bigint;
  held: bigint;
}

/** So much that is to be paid, and of what kind: a grant may pay for some kinds only. */
export interface Payable {
  readonly kind: string;
  amount: bigint;
}

/** What is to be paid in whole millionths, and the halves of one that it leaves. */
export interface Priced {
  readonly payables: Payable[];
  readonly rest: bigint;
}

export const one = 1_000_000n;

/** Credits a unit; that of a search may be changed. */
export const prices: Record<string, bigint> = { llm: 1n, search: 2n, premium: 5n, calls: 2n };

export const lineKinds: Record<string, string> = {
  llm: 'llm',
  search: 'tool',
  premium: 'tool',
  traces: 'storage',
};

const metrics = ['emails', 'workflows', 'calls', 'exports', 'storage', 'runs'];

export const least = (a: bigint, b: bigint) => (a < b ? a : b);

export const most = (a: bigint, b: bigint) => (a > b ? a : b);

export function countsOf(items: readonly ModelItem[]): Map<string, bigint> {
  const counts = new Map<string, bigint>();
  for (const { kind, quantity } of items) if (metrics.includes(kind)) add(counts, kind, quantity);
  return counts;
}

export function totalOf(payables: readonly Payable[]): bigint {
  return payables.reduce((sum, payable) => sum + payable.amount, 0n);
}

export function fits(grant: ModelGrant, payable: Payable): boolean {
  return grant.kinds === null || grant.kinds.includes(payable.kind);
}

export function add(sums: Map<string, bigint>, key: string, amount: bigint): void {
  sums.set(key, (sums.get(key) ?? 0n) + amount);
}

import { RecentCache } from '../../parts/recent-cache.ts';
import type { AccountItem, Needs, Writes } from '../../store.ts';

/** Things of an account that a command may need in addition to the account itself. */
export const itemKinds = [
  'members',
  'tasks',
  'holds',
  'purchases',
  'invoices',
  'charges',
  'notices',
] as const;
export type ItemKind = (typeof itemKinds)[number];
type Item = NonNullable<Writes[ItemKind]>[number];

interface KnownItem {
  readonly reading: number;
  readonly value: Item | undefined;
}

/** Items that are put by id, such as holds and tasks, as last read or written, each with the reading of its account. */
export class KnownItems {
  readonly #items: RecentCache<KnownItem>;

  constructor(sizeMax: number) {
    this.#items = new RecentCache(sizeMax);
  }

  /** Those that are kept. */
  get size(): number {
    return this.#items.size;
  }

  /** The item as known in that reading of its account; undefined if it is not known. */
  find(kind: ItemKind, { accountId, id }: AccountItem, reading: number): KnownItem | undefined {
    const known = this.#items.get(keyOf(kind, accountId, id));
    return known?.reading === reading ? known : undefined;
  }

  put(kind: ItemKind, { accountId, id }: AccountItem, known: KnownItem): void {
    this.#items.put(keyOf(kind, accountId, id), known);
  }

  /** Remembers the written items. */
  putWritten(writes: Writes, readingOf: (accountId: string) => number | undefined): void {
    for (const kind of itemKinds) {
      for (const value of writes[kind] ?? []) {
        const reading = readingOf(value.accountId);
        if (reading !== undefined) this.put(kind, value, { reading, value });
      }
    }
  }
}

export interface NeededItem {
  readonly kind: ItemKind;
  readonly item: AccountItem;
}

export function itemsNeeded(needs: Needs): NeededItem[] {
  const items: NeededItem[] = [];
  for (const kind of itemKinds) for (const item of needs[kind] ?? []) items.push({ kind, item });
  return items;
}

function keyOf(kind: ItemKind, accountId: string, id: string): string {
  return `${kind}\n${accountId}\n${id}`;
}

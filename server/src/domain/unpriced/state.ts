import type { ModelItem, StorageItem, ToolItem } from '../../contract/gate/gate.ts';

/** Names without a price, and the number of uses that wait for one. */
export interface UnpricedName {
  readonly kind: 'model' | 'tool' | 'storage';
  /** Empty for all names beyond `apiBounds.unpricedNamesMax`. */
  readonly name: string;
  readonly count: number;
}

/** Uses that were counted and wait for a price. */
export interface Unpriced {
  readonly names: readonly UnpricedName[];
  /** Between these instants, both included, they lie. */
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  /** The version of the catalog by which they were last tried. */
  readonly triedVersion: number;
}

/** An item that may come without a price. */
export type UnpricedItem = ModelItem | ToolItem | StorageItem;

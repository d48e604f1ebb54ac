import { createIndexedArea } from '../indexed-area.ts';

/** One area of the extension's storage. Values are plain data. */
export interface StorageArea {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
}

/** A storage area that reports all changes, including those by other contexts. */
export interface HeardArea extends StorageArea {
  /** @returns stops listening. */
  onChanged(key: string, listener: (value: unknown) => void): () => void;
}

export interface StoragePort {
  /** Kept over restarts. Content scripts may read it until `lockLocal` was called. */
  local: StorageArea;
  /** Kept while the browser runs, in memory. */
  session: HeardArea;
  /** Shuts content scripts out of `local`; the browser remembers it. Must be done before a token is written. */
  lockLocal(): Promise<void>;
}

export function createChromeStorage(): StoragePort {
  const { local, session } = chrome.storage;
  // Firefox has no such lock: there the token is kept where no content script reaches it at all.
  const canLock = local.setAccessLevel !== undefined;
  return {
    local: canLock ? toArea(local) : createIndexedArea(),
    session: toArea(session),
    async lockLocal() {
      if (canLock) await local.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' });
    },
  };
}

function toArea(area: chrome.storage.StorageArea): HeardArea {
  return {
    async get(key) {
      const found: Record<string, unknown> = await area.get(key);
      return found[key];
    },
    set: (key, value) => area.set({ [key]: value }),
    remove: (key) => area.remove(key),
    onChanged(key, listener) {
      const onChanged = (changes: Record<string, chrome.storage.StorageChange>): void => {
        const change = changes[key];
        if (change !== undefined) listener(change.newValue);
      };
      area.onChanged.addListener(onChanged);
      return () => area.onChanged.removeListener(onChanged);
    },
  };
}

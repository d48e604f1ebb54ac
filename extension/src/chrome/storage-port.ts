/** One area of the extension's storage. Values are plain data. */
export interface StorageArea {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
  /** @returns stops listening. */
  onChanged(key: string, listener: (value: unknown) => void): () => void;
}

export interface StoragePort {
  /** Kept over restarts. Content scripts may read it until `lockLocal` was called. */
  local: StorageArea;
  /** Kept while the browser runs, in memory. */
  session: StorageArea;
  /** Shuts content scripts out of `local`; the browser remembers it. Must be done before a token is written. */
  lockLocal(): Promise<void>;
}

export function createChromeStorage(): StoragePort {
  return {
    local: toArea(chrome.storage.local),
    session: toArea(chrome.storage.session),
    lockLocal: () => chrome.storage.local.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' }),
  };
}

function toArea(area: chrome.storage.StorageArea): StorageArea {
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

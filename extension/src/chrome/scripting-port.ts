export interface RegisteredScript {
  id: string;
  pattern: string;
  file: string;
}

export interface ScriptingPort {
  registered(): Promise<RegisteredScript[]>;
  register(script: RegisteredScript): Promise<void>;
  unregister(ids: string[]): Promise<void>;
  /** Runs the file now in the tabs that are already open there. */
  runInOpenTabs(script: RegisteredScript): Promise<void>;
}

/** The API is there only once the permission was given, so it is looked up at each call. */
export function createChromeScripting(): ScriptingPort {
  const api = (): typeof chrome.scripting | undefined => chrome.scripting;
  return {
    async registered() {
      const scripts = (await api()?.getRegisteredContentScripts()) ?? [];
      return scripts.map(({ id, matches, js }) => ({ id, pattern: matches?.[0] ?? '', file: js?.[0] ?? '' }));
    },
    async register({ id, pattern, file }) {
      await api()?.registerContentScripts([
        {
          id,
          matches: [pattern],
          js: [file],
          runAt: 'document_idle',
          allFrames: false,
          persistAcrossSessions: true,
        },
      ]);
    },
    async unregister(ids) {
      if (ids.length > 0) await api()?.unregisterContentScripts({ ids });
    },
    async runInOpenTabs({ pattern, file }) {
      const tabs = await chrome.tabs.query({ url: pattern });
      const runs = tabs.map(async ({ id }) => {
        if (id !== undefined) await api()?.executeScript({ target: { tabId: id }, files: [file] });
      });
      // A tab that shows an error page, or closes meanwhile, cannot be run in; it gets the script when it loads.
      await Promise.allSettled(runs);
    },
  };
}

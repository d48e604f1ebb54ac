import { supportedPattern } from '../match-pattern.ts';

export interface RegisteredScript {
  id: string;
  pattern: string;
  file: string;
}

export interface ScriptingPort {
  registered(): Promise<RegisteredScript[]>;
  register(script: RegisteredScript): Promise<void>;
  unregister(ids: string[]): Promise<void>;
  /** Runs a file in the top frame of a tab. @throws where the tab is gone or may not be touched. */
  runInTab(tabId: number, file: string): Promise<void>;
  /** Runs the file now in the tabs that are already open there. */
  runInOpenTabs(script: RegisteredScript): Promise<void>;
}

export function createChromeScripting(): ScriptingPort {
  return {
    async registered() {
      const scripts = await chrome.scripting.getRegisteredContentScripts();
      return scripts.map(({ id, matches, js }) => ({ id, pattern: matches?.[0] ?? '', file: js?.[0] ?? '' }));
    },
    async register({ id, pattern, file }) {
      await chrome.scripting.registerContentScripts([
        {
          id,
          matches: [supportedPattern(pattern)],
          js: [file],
          runAt: 'document_idle',
          allFrames: false,
          persistAcrossSessions: true,
        },
      ]);
    },
    async unregister(ids) {
      if (ids.length > 0) await chrome.scripting.unregisterContentScripts({ ids });
    },
    async runInTab(tabId, file) {
      await chrome.scripting.executeScript({ target: { tabId }, files: [file] });
    },
    async runInOpenTabs({ pattern, file }) {
      const tabs = await chrome.tabs.query({ url: supportedPattern(pattern) });
      const runs = tabs.map(async ({ id }) => {
        if (id !== undefined) await chrome.scripting.executeScript({ target: { tabId: id }, files: [file] });
      });
      // Scripts cannot run in a tab that shows an error page or is closing; the tab gets the script when it loads.
      await Promise.allSettled(runs);
    },
  };
}

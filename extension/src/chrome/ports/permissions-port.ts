import { supportedPattern } from '../match-pattern.ts';

export interface PermissionsPort {
  /** Must be called in a click. */
  requestSite(pattern: string): Promise<boolean>;
  hasSite(pattern: string): Promise<boolean>;
  removeSite(pattern: string): Promise<void>;
  /** Told whenever permissions were given or taken, by whatever way. */
  onChanged(listener: () => void): void;
}

export function createChromePermissions(): PermissionsPort {
  const ofSite = (pattern: string): chrome.permissions.Permissions => ({
    origins: [supportedPattern(pattern)],
  });
  return {
    requestSite: (pattern) => chrome.permissions.request(ofSite(pattern)),
    hasSite: (pattern) => chrome.permissions.contains(ofSite(pattern)),
    async removeSite(pattern) {
      // A permission that the manifest itself requires cannot be given back; the site is forgotten all the same.
      await chrome.permissions.remove(ofSite(pattern)).catch(() => false);
    },
    onChanged(listener) {
      chrome.permissions.onAdded.addListener(listener);
      chrome.permissions.onRemoved.addListener(listener);
    },
  };
}

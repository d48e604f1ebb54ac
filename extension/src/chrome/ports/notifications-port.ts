import type { Notice } from '../../core/account/notices.ts';

/** The system's notifications, which the user allows by a toggle in the settings. */
export interface NotificationsPort {
  /** Must be called in a click. */
  request(): Promise<boolean>;
  /** Does nothing where they are not allowed. */
  show(notice: Notice): Promise<void>;
  /** Told the id of a notice that was pressed. */
  onPressed(listener: (id: string) => void): void;
}

const allowed: chrome.permissions.Permissions = { permissions: ['notifications'] };

export function createChromeNotifications(): NotificationsPort {
  // The API is there only once it was allowed.
  const api = (): typeof chrome.notifications | undefined => chrome.notifications;
  return {
    request: () => chrome.permissions.request(allowed),
    async show({ id, title, message }) {
      const iconUrl = Object.values(chrome.runtime.getManifest().icons ?? {}).at(-1) ?? '';
      await api()?.create(id, { type: 'basic', title, message, iconUrl: chrome.runtime.getURL(iconUrl) });
    },
    onPressed(listener) {
      const listen = (): void => api()?.onClicked.addListener(listener);
      listen();
      chrome.permissions.onAdded.addListener(({ permissions = [] }) => {
        if (permissions.includes('notifications')) listen();
      });
    },
  };
}

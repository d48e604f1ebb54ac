import type { Badge } from '../../core/badge/badge.ts';

/** The toolbar button. */
export interface ActionPort {
  paint(badge: Badge): Promise<void>;
}

export function createChromeAction(): ActionPort {
  return {
    async paint({ text, color, textColor, title }) {
      await Promise.all([
        chrome.action.setBadgeText({ text }),
        chrome.action.setBadgeBackgroundColor({ color }),
        chrome.action.setBadgeTextColor({ color: textColor }),
        chrome.action.setTitle({ title }),
      ]);
    },
  };
}

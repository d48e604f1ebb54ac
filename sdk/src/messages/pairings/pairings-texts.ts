import type { connectBrowserMessages } from './connect-browser.ts';
import type { connectedBrowsersMessages } from './connected-browsers.ts';

/** The texts of the room, by component. */
export interface PairingsTexts {
  connectBrowser: typeof connectBrowserMessages;
  connectedBrowsers: typeof connectedBrowsersMessages;
}

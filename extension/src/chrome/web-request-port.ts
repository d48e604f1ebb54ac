import type { ResponseHeader } from '../core/rate-limit.ts';

/** An answer that an added site got, as the browser tells it; pages cannot make one up. */
export interface CompletedRequest {
  status: number;
  headers: ResponseHeader[];
  /** The origin of the page that asked, or of the page itself. */
  origin: string | undefined;
}

export interface WebRequestPort {
  /** The browser tells only of sites whose permission was given. */
  onCompleted(listener: (request: CompletedRequest) => void): void;
}

export function createChromeWebRequest(): WebRequestPort {
  return {
    onCompleted(listener) {
      let isListening = false;
      const listen = (): void => {
        const api: typeof chrome.webRequest | undefined = chrome.webRequest;
        if (isListening || api === undefined) return;
        isListening = true;
        api.onCompleted.addListener(
          ({ statusCode, responseHeaders = [], initiator, url }) => {
            if (statusCode !== 402 && statusCode !== 429) return;
            listener({ status: statusCode, headers: responseHeaders, origin: initiator ?? originOf(url) });
          },
          { urls: ['https://*/*', 'http://*/*'] },
          ['responseHeaders'],
        );
      };
      listen();
      // The API appears with its permission, which may be given while this runs.
      chrome.permissions.onAdded.addListener(listen);
    },
  };
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}

import type { ResponseHeader } from '../../core/server/rate-limit.ts';

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
      const onAnswer = (details: chrome.webRequest.OnCompletedDetails): void => {
        const { statusCode, responseHeaders = [], initiator, url } = details;
        // Firefox tells the page that asked by its whole address.
        const { originUrl } = details as { originUrl?: string };
        if (statusCode !== 402 && statusCode !== 429) return;
        listener({
          status: statusCode,
          headers: responseHeaders,
          origin: initiator ?? originOf(originUrl ?? url),
        });
      };
      const { onCompleted } = chrome.webRequest;
      const listen = (): void =>
        onCompleted.addListener(onAnswer, { urls: ['https://*/*', 'http://*/*'] }, ['responseHeaders']);
      listen();
      // A listener hears of the sites that were permitted when it was added; a new site calls for a new one.
      chrome.permissions.onAdded.addListener(() => {
        onCompleted.removeListener(onAnswer);
        listen();
      });
    },
  };
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}

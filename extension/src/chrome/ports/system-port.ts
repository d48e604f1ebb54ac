import { browserName } from '../../core/connection/browser-name.ts';
import type { ReaderFormat } from '../../core/reader-format.ts';
import type { Wait } from '../../core/rpc/define-handler.ts';
import { localeOf } from '../../words/words-of.ts';

/** Clock, chance and network. */
export interface SystemPort {
  nowMs(): number;
  wait: Wait;
  /** From 0 (inclusive) to 1 (exclusive). */
  random(): number;
  fetch(url: string, init: RequestInit): Promise<Response>;
  format(): ReaderFormat;
  /** The hour of the reader's clock, 0 to 23. */
  hour(): number;
  /** As its owner would call it: `Chrome on Linux`. */
  browserName(): string;
}

export function createSystemPort(): SystemPort {
  return {
    nowMs: () => Date.now(),
    wait(delayMs, run) {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
    random: () => Math.random(),
    fetch: (url, init) => fetch(url, init),
    format: readReaderFormat,
    hour: () => new Date().getHours(),
    browserName: () => browserName(navigator.userAgent),
  };
}

/** The browser's own language, or English where the extension does not speak it, and its time zone. */
export function readReaderFormat(): ReaderFormat {
  return {
    locale: localeOf(chrome.i18n.getUILanguage()),
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

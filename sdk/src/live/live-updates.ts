import { beatSeconds, type ChangeMessage, type StreamMessage } from '@usagekit/server/contract';
import type { UsageKitError } from '../client/usagekit-error.ts';
import { createEventStreamParser } from './event-stream-parser.ts';
import type { retryDelayMs } from './retry-delay.ts';

export interface LiveUpdatesOptions {
  /** Opens the account's stream; it ends when the signal is aborted. */
  openStream(signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
  /** Something changed. */
  onChange(message: ChangeMessage): void;
  /**
   * The stream is open; `version` is the account's version at this instant, which shows whether the shown answers are current.
   */
  onGreeting(version: number): void;
  /** Changes may have gone unseen: everything that is shown is to be asked for again. */
  onMissed(): void;
  /** The browser is offline: shown answers are no longer current. */
  onOffline(): void;
}

/** Keeps one stream open while somebody watches and the page is visible, and polls where streams do not get through. */
export interface LiveUpdates {
  /** Whether the line has greeted and was not lost since. */
  readonly isOpen: boolean;
  /** Gives back what ends the watching; calling that twice does no harm. */
  watch(): () => void;
}

const pollEveryMs = 30_000;
/** A line that carries nothing for this long is dead, even if nobody closed it, as after a laptop's sleep. */
const silenceMsMax = (2 * beatSeconds + 5) * 1_000;
/** After one missed beat the figures are asked for, so that they say their age if the server is gone and a proxy holds the line open. */
const doubtMsMin = (beatSeconds + 3) * 1_000;
/** A line that has not greeted by then is held up on its way, as by a proxy that gathers answers. */
const greetingMsMax = 8_000;
/** After a longer time without a line more may have changed than the account's version tells, such as the catalog. */
const gapMsMax = 10_000;
/** A stream that ends sooner counts as failed, so that one which is closed at once is not asked for without pause. */
const soundLifeMs = 5_000;

/**
 * @param delayMs How long to wait before the next try. Handed over, as errors are looked at and not told by their class: what this
 * shares with the first chunk would otherwise be a chunk of its own, which every page would load before its first figure.
 */
export function createLiveUpdates(options: LiveUpdatesOptions, delayMs: typeof retryDelayMs): LiveUpdates {
  let watchers = 0;
  let running: AbortController | undefined;
  let isOpen = false;
  let isOffline = false;
  let closedAtMs: number | undefined;
  let retryNow: () => void = nothing;

  function decide() {
    const wanted = watchers > 0 && document.visibilityState !== 'hidden' && !isOffline;
    if (wanted && !running) {
      running = new AbortController();
      void run(running.signal);
    } else if (!wanted && running) {
      running.abort();
      running = undefined;
      retryNow();
    }
  }

  function onOffline() {
    isOffline = true;
    decide();
    options.onOffline();
  }

  function onOnline() {
    isOffline = false;
    retryNow();
    decide();
    // The line may need a while, and figures that were marked need not wait for it.
    if (document.visibilityState !== 'hidden') options.onMissed();
  }

  async function run(signal: AbortSignal) {
    let failures = 0;
    let polling: ReturnType<typeof setInterval> | undefined;
    const stopPolling = () => {
      clearInterval(polling);
      polling = undefined;
    };
    signal.addEventListener('abort', stopPolling, { once: true });

    while (!signal.aborted) {
      const startedAtMs = Date.now();
      let retryAfterSeconds: number | undefined;
      let isSound = false;
      try {
        isSound = await followOnce(signal, stopPolling);
      } catch (error) {
        if (signal.aborted) return;
        const failure: Partial<UsageKitError> = Object(error);
        // The role may not read the account, and asking again would not change that.
        if (failure.notPermitted) return stopPolling();
        retryAfterSeconds = failure.retryAfterSeconds;
      }
      if (signal.aborted) return;
      failures = isSound && Date.now() - startedAtMs >= soundLifeMs ? 0 : failures + 1;
      // Asking now tells whether the line is down, so that figures which are no longer current are marked as such.
      if (failures > 0 && polling === undefined) {
        options.onMissed();
        polling = setInterval(options.onMissed, pollEveryMs);
      }
      await pause(delayMs(failures, retryAfterSeconds));
    }
  }

  /** Follows one line to its end; gives whether it was sound: it greeted, and did not fall silent. */
  async function followOnce(outer: AbortSignal, onOpen: () => void): Promise<boolean> {
    const attempt = new AbortController();
    let isSilent = false;
    const end = () => attempt.abort();
    const fallSilent = () => {
      isSilent = true;
      end();
    };
    outer.addEventListener('abort', end, { once: true });
    let silence = setTimeout(fallSilent, greetingMsMax);
    let doubt: ReturnType<typeof setTimeout> | undefined;
    let hasGreeted = false;
    try {
      const stream = await options.openStream(attempt.signal);
      for await (const message of readMessages(stream, attempt.signal)) {
        if (outer.aborted) break;
        clearTimeout(silence);
        silence = setTimeout(fallSilent, silenceMsMax);
        clearTimeout(doubt);
        doubt = setTimeout(options.onMissed, doubtMsMin);
        if (message.type === 'change') options.onChange(message);
        if (message.type === 'hello') {
          hasGreeted = true;
          isOpen = true;
          onOpen();
          const gapMs = closedAtMs === undefined ? 0 : Date.now() - closedAtMs;
          if (gapMs > gapMsMax) options.onMissed();
          else options.onGreeting(message.version);
        }
      }
    } finally {
      if (isOpen) closedAtMs = Date.now();
      isOpen = false;
      clearTimeout(silence);
      clearTimeout(doubt);
      outer.removeEventListener('abort', end);
      attempt.abort();
    }
    return hasGreeted && !isSilent;
  }

  function pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, delayMs);
      function done() {
        clearTimeout(timer);
        retryNow = nothing;
        resolve();
      }
      retryNow = done;
    });
  }

  function listen(change: 'addEventListener' | 'removeEventListener') {
    document[change]('visibilitychange', decide);
    window[change]('online', onOnline);
    window[change]('offline', onOffline);
  }

  return {
    get isOpen() {
      return isOpen;
    },
    watch() {
      watchers += 1;
      if (watchers === 1) listen('addEventListener');
      decide();
      let watching = true;
      return () => {
        if (!watching) return;
        watching = false;
        watchers -= 1;
        if (watchers === 0) listen('removeEventListener');
        // One widget is often replaced by the next in the same turn, and the stream outlives that.
        queueMicrotask(decide);
      };
    },
  };
}

/** The stream's messages; unknown kinds are skipped, since newer servers may send more. */
async function* readMessages(
  stream: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<StreamMessage> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  const parser = createEventStreamParser();
  // A stream made in memory does not know of the request's signal.
  const cancel = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      for (const data of parser.push(decoder.decode(value, { stream: true }))) {
        const message = parseMessage(data);
        if (message) yield message;
      }
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    cancel();
  }
}

function parseMessage(data: string): StreamMessage | undefined {
  try {
    const message = JSON.parse(data) as StreamMessage | null;
    return typeof message?.type === 'string' ? message : undefined;
  } catch {
    // A message that cannot be read is made good by the next refresh; ending the stream for it would help nobody.
    return undefined;
  }
}

function nothing(): void {}

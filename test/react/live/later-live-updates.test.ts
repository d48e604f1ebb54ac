import { describe, expect, it, vi } from 'vitest';
import { createLaterLiveUpdates } from '../../../sdk/src/live/later-live-updates.ts';
import { createResourceCache } from '../../../sdk/src/provider/resource-cache.ts';
import { patience } from '../../support/patience.ts';

const encoder = new TextEncoder();

/** A stream that greets and stays open. */
function greeting(signal: AbortSignal): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      const hello = { type: 'hello', accountId: 'acme', version: 7 };
      controller.enqueue(encoder.encode(`data: ${JSON.stringify(hello)}\n\n`));
      signal.addEventListener('abort', () => controller.close(), { once: true });
    },
  });
}

function later(load: () => Promise<unknown> = async () => ({ available: '5' })) {
  const cache = createResourceCache();
  cache.mount({ name: 'credits', load }, vi.fn());
  const openStream = vi.fn(async (signal: AbortSignal) => greeting(signal));
  const refresh = vi.fn(async (_key: string) => {});
  const live = createLaterLiveUpdates({
    openStream,
    kept: cache.kept,
    refresh,
    onMissed: () => {},
  });
  return { live, openStream, refresh };
}

describe('live updates whose code comes later', () => {
  it('F9: open no stream before somebody watches, and one however many watch', async () => {
    const { live, openStream, refresh } = later();
    expect(openStream).not.toHaveBeenCalled();
    const ends = [live.watch(), live.watch(), live.watch()];
    await vi.waitFor(() => expect(live.line?.isOpen).toBe(true), patience);
    expect(refresh.mock.calls).toEqual([['["credits",null]']]);
    expect(openStream).toHaveBeenCalledTimes(1);
    for (const end of ends) end();
    await vi.waitFor(() => expect(live.line?.isOpen).toBe(false), patience);
  });

  it.each(['comes', 'fails'])('open none before the first answer, and one once it %s', async (how) => {
    const answer = Promise.withResolvers<unknown>();
    const { live, openStream } = later(() => answer.promise);
    const end = live.watch();
    // The code, if it were asked for, would be there after this.
    await import('../../../sdk/src/live/line.ts');
    await new Promise((resolve) => setTimeout(resolve));
    expect(openStream).not.toHaveBeenCalled();
    if (how === 'comes') answer.resolve({ available: '5' });
    else answer.reject(new Error('No answer.'));
    await vi.waitFor(() => expect(openStream).toHaveBeenCalledTimes(1), patience);
    end();
  });

  it('open none for whoever has stopped watching before the code came', async () => {
    const { live, openStream } = later();
    live.watch()();
    const end = live.watch();
    await vi.waitFor(() => expect(openStream).toHaveBeenCalledTimes(1), patience);
    end();
    await vi.waitFor(() => expect(live.line?.isOpen).toBe(false), patience);
  });
});

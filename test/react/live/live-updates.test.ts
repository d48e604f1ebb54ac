import { UsageKitError } from '@usagekit/react';
import type { ChangeMessage, StreamMessage } from '@usagekit/server/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLiveUpdates } from '../../../sdk/src/live/live-updates.ts';
import { retryDelayMs } from '../../../sdk/src/live/retry-delay.ts';

const change: ChangeMessage = {
  type: 'change',
  accountId: 'acme',
  version: 8,
  since: 7,
  views: ['credits'],
  moved: {},
  credits: { available: '5', held: '0', unit: 'credits' },
  level: 'ok',
  blocked: false,
  taskIds: [],
  asOf: '2026-11-20T08:00:00.000Z',
};

/** Lines that a test opens, writes to and breaks by hand. */
function createLines() {
  const lines: { write(text: string): void; end(): void; break(): void; signal: AbortSignal }[] = [];
  const open = async (signal: AbortSignal) => {
    let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
    const stream = new ReadableStream<Uint8Array>({
      start(given) {
        controller = given;
      },
    });
    lines.push({
      write: (text) => controller?.enqueue(new TextEncoder().encode(text)),
      end: () => controller?.close(),
      break: () => controller?.error(new TypeError('network error')),
      signal,
    });
    return stream;
  };
  const send = (index: number, message: StreamMessage) =>
    lines[index]?.write(`data: ${JSON.stringify(message)}\n\n`);
  const hello = (index: number, version = 7) => send(index, { type: 'hello', accountId: 'acme', version });
  return { lines, open, openStream: vi.fn(open), send, hello };
}

/** Watches, on lines that all fail where `failure` is given, until `mend` is called. */
function setUp(failure?: UsageKitError) {
  const line = createLines();
  if (failure) line.openStream.mockRejectedValue(failure);
  const seen = { onChange: vi.fn(), onGreeting: vi.fn(), onMissed: vi.fn(), onOffline: vi.fn() };
  const live = createLiveUpdates({ openStream: line.openStream, ...seen }, retryDelayMs);
  const stop = live.watch();
  stops.push(stop);
  const mend = () => line.openStream.mockImplementation(line.open);
  return { ...line, ...seen, live, stop, mend };
}

const down = new UsageKitError({ code: 'network_error', message: 'down' });

const stops: (() => void)[] = [];
const settle = () => vi.advanceTimersByTimeAsync(0);

function setVisibility(state: DocumentVisibilityState) {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.useRealTimers();
});

describe('live updates', () => {
  it('F5: gives each change as it comes, wherever the bytes are cut', async () => {
    const { lines, hello, onChange } = setUp();
    await settle();
    hello(0);
    const bytes = `data: ${JSON.stringify({ ...change, accountId: 'müller' })}\n\n`;
    for (const character of bytes) lines[0]?.write(character);
    await settle();
    expect(onChange).toHaveBeenCalledExactlyOnceWith({ ...change, accountId: 'müller' });
  });

  it('opens one line for many watchers and closes it after the last', async () => {
    const { live, lines, stop, openStream } = setUp();
    const stopSecond = live.watch();
    await settle();
    stop();
    stop();
    await settle();
    expect(lines[0]?.signal.aborted).toBe(false);
    stopSecond();
    await settle();
    expect(openStream).toHaveBeenCalledTimes(1);
    expect(lines[0]?.signal.aborted).toBe(true);
  });

  it('keeps the line while one watcher goes and the next comes in the same turn', async () => {
    const { live, lines, stop } = setUp();
    await settle();
    stop();
    stops.push(live.watch());
    await settle();
    expect(lines).toHaveLength(1);
    expect(lines[0]?.signal.aborted).toBe(false);
  });

  it('holds no line while the page is hidden, and asks for what was missed when it is seen again', async () => {
    const { lines, hello, onMissed } = setUp();
    await settle();
    hello(0);
    await settle();
    setVisibility('hidden');
    await settle();
    expect(lines[0]?.signal.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(lines).toHaveLength(1);
    expect(onMissed).not.toHaveBeenCalled();
    setVisibility('visible');
    await settle();
    hello(1);
    await settle();
    expect(lines).toHaveLength(2);
    expect(onMissed).toHaveBeenCalledTimes(1);
  });

  it('F5: comes back within a second after a long-lived line ended, and asks for nothing that the version tells', async () => {
    const { lines, hello, onMissed, onGreeting } = setUp();
    await settle();
    hello(0);
    await vi.advanceTimersByTimeAsync(10_000);
    lines[0]?.end();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(lines).toHaveLength(2);
    hello(1, 9);
    await settle();
    expect(onGreeting.mock.calls).toEqual([[7], [9]]);
    expect(onMissed).not.toHaveBeenCalled();
  });

  it('asks at once and then every 30 seconds while no connection can be made, and stops when one can', async () => {
    const { mend, lines, hello, onMissed } = setUp(down);
    await settle();
    expect(onMissed).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(90_000);
    expect(onMissed).toHaveBeenCalledTimes(4);
    mend();
    while (lines.length === 0) await vi.advanceTimersByTimeAsync(1_000);
    hello(0);
    await settle();
    onMissed.mockClear();
    for (let beat = 0; beat < 4; beat += 1) {
      await vi.advanceTimersByTimeAsync(20_000);
      lines[0]?.write('data: {"type":"beat"}\n\n');
    }
    expect(onMissed).not.toHaveBeenCalled();
  });

  it('spreads its attempts further and further apart, up to 30 seconds', async () => {
    const { openStream } = setUp(down);
    await vi.advanceTimersByTimeAsync(600_000);
    // At most 1 + 1 + 2 + ... early ones and then one in 15 to 30 seconds.
    expect(openStream.mock.calls.length).toBeGreaterThan(20);
    expect(openStream.mock.calls.length).toBeLessThan(50);
  });

  it('waits as long as the server asks when there are too many streams', async () => {
    const { openStream } = setUp(
      new UsageKitError({ code: 'too_many_streams', message: 'wait', status: 429, retryAfterSeconds: 120 }),
    );
    await vi.advanceTimersByTimeAsync(119_000);
    expect(openStream).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(openStream).toHaveBeenCalledTimes(2);
  });

  it('takes a line that is silent beyond two beats for dead', async () => {
    const { lines, hello } = setUp();
    await settle();
    hello(0);
    await vi.advanceTimersByTimeAsync(47_000);
    expect(lines[0]?.signal.aborted).toBe(true);
    expect(lines.length).toBeGreaterThanOrEqual(2);
  });

  it('does not ask again where the role may not read the account', async () => {
    const { openStream, onMissed } = setUp(
      new UsageKitError({ code: 'forbidden', message: 'no', status: 403 }),
    );
    await vi.advanceTimersByTimeAsync(600_000);
    expect(openStream).toHaveBeenCalledTimes(1);
    expect(onMissed).not.toHaveBeenCalled();
  });

  it('passes over what it cannot read and goes on', async () => {
    const { lines, hello, send, onChange } = setUp();
    await settle();
    hello(0);
    lines[0]?.write('data: not json\n\ndata: null\n\ndata: {"type":"of the future"}\n\n');
    send(0, change);
    await settle();
    expect(onChange).toHaveBeenCalledTimes(1);
    expect(lines[0]?.signal.aborted).toBe(false);
  });

  it('F5: begins to ask where a line opens and never greets, as behind a proxy that gathers answers', async () => {
    const { lines, onMissed, live } = setUp();
    await settle();
    expect(live.isOpen).toBe(false);
    await vi.advanceTimersByTimeAsync(8_000);
    expect(lines[0]?.signal.aborted).toBe(true);
    expect(onMissed).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(onMissed).toHaveBeenCalledTimes(3);
  });

  it('F5: begins to ask where a line greets and then falls silent, after one beat that did not come', async () => {
    const { lines, hello, onMissed, live } = setUp();
    await settle();
    hello(0);
    await settle();
    expect(live.isOpen).toBe(true);
    await vi.advanceTimersByTimeAsync(23_000);
    expect(onMissed).toHaveBeenCalledTimes(1);
    expect(live.isOpen).toBe(true);
    await vi.advanceTimersByTimeAsync(22_000);
    expect(live.isOpen).toBe(false);
    expect(lines[0]?.signal.aborted).toBe(true);
    expect(onMissed).toHaveBeenCalledTimes(2);
  });

  it('asks nothing while each beat of the line comes', async () => {
    const { send, hello, onMissed } = setUp();
    await settle();
    hello(0);
    for (let beat = 0; beat < 5; beat += 1) {
      await vi.advanceTimersByTimeAsync(20_000);
      send(0, { type: 'beat' } as StreamMessage);
    }
    expect(onMissed).not.toHaveBeenCalled();
  });

  it('says at once that the browser is offline, holds no line then, and is back at once with the network', async () => {
    const { lines, hello, onOffline, onMissed } = setUp();
    await settle();
    hello(0);
    await settle();
    window.dispatchEvent(new Event('offline'));
    await settle();
    expect(onOffline).toHaveBeenCalledTimes(1);
    expect(lines[0]?.signal.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(lines).toHaveLength(1);
    expect(onMissed).not.toHaveBeenCalled();
    window.dispatchEvent(new Event('online'));
    await settle();
    expect(lines).toHaveLength(2);
    expect(onMissed).toHaveBeenCalledTimes(1);
  });

  it('does not wait for its next attempt once the network is back', async () => {
    const { mend, lines } = setUp(down);
    await vi.advanceTimersByTimeAsync(200_000);
    mend();
    window.dispatchEvent(new Event('online'));
    await settle();
    expect(lines).toHaveLength(1);
  });
});

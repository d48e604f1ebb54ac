import {
  beatSeconds,
  doubled,
  paths,
  socketCloseCodes,
  socketProtocol,
  socketTokenPrefix,
} from '@usagekit/server/contract';
import type { Socket } from '../../chrome/ports/socket-port.ts';
import type { Ports } from '../../chrome/ports.ts';
import { isFinal } from '../../core/badge/badge-state.ts';
import type { Connection } from '../../core/connection/connection.ts';
import { toSocketUrl } from '../../core/connection/server-address.ts';
import { NotUnderstoodError, parseStreamMessage } from '../../core/server/parse-answer.ts';
import type { RefreshCause } from '../../core/server/refresh-pacing.ts';
import type { AccountMemory } from '../extension-memory.ts';

/** A line on which nothing was heard for this long is dead, whatever the network says. */
const silenceMsMax = 2.5 * beatSeconds * 1000;
const retryMs = { first: 1000, max: 30_000 };
/** A busy account tells of three hundred changes in this time; a line that brings more, or longer ones, is cut. */
const floodAfter = { messages: 600, windowMs: 5000, characters: 256 * 1024 };
/** How long a line that was cut stays so, while alarms ask as if nobody looked. */
const restMs = 5 * 60_000;

/**
 * The WebSocket that brings changes within a second. It is open only while somebody looks, since it costs the server a socket and
 * the machine its sleep; a heartbeat every 20 seconds keeps the worker alive while it is open.
 */
export interface LiveLine {
  /** Called whenever who looks, or whose account is shown, may have changed. */
  update(isWatched: boolean): void;
}

/** @param onChanged called after a message moved the figures. */
export function createLiveLine(
  { socket: sockets, system }: Pick<Ports, 'socket' | 'system'>,
  memory: AccountMemory,
  refresh: (cause: RefreshCause) => Promise<void>,
  onChanged: () => Promise<void>,
): LiveLine {
  let socket: Socket | null = null;
  let connection: Connection | null = null;
  let failures = 0;
  let isWatched = false;
  let restUntilMs = 0;
  let heard = { sinceMs: 0, messages: 0 };
  let cancelBeat: () => void = nothing;
  let cancelSilence: () => void = nothing;
  let cancelRetry: () => void = nothing;

  const drop = (): void => {
    cancelBeat();
    cancelSilence();
    cancelRetry();
    socket?.close();
    socket = null;
    connection = null;
  };

  const retryLater = (): void => {
    failures += 1;
    const delayMs = doubled(retryMs.first, failures - 1, retryMs.max);
    cancelRetry = system.wait(delayMs * (1 + system.random() / 4), update);
  };

  const beatLater = (): void => {
    cancelBeat = system.wait(beatSeconds * 1000, () => {
      socket?.send(JSON.stringify({ type: 'beat' }));
      beatLater();
    });
  };

  const expectSound = (): void => {
    cancelSilence();
    cancelSilence = system.wait(silenceMsMax, () => {
      drop();
      retryLater();
    });
  };

  const isFlood = (text: string): boolean => {
    const nowMs = system.nowMs();
    if (nowMs - heard.sinceMs > floodAfter.windowMs) heard = { sinceMs: nowMs, messages: 0 };
    heard.messages += 1;
    return heard.messages > floodAfter.messages || text.length > floodAfter.characters;
  };

  const onMessage = async (text: string): Promise<void> => {
    if (isFlood(text)) {
      drop();
      restUntilMs = system.nowMs() + restMs;
      cancelRetry = system.wait(restMs, update);
      return;
    }
    expectSound();
    const message = readMessage(text);
    if (message === null || message.type === 'beat') return;
    const { summary } = memory.snapshot();
    if (message.type === 'hello') {
      failures = 0;
      if (summary === null || message.version !== summary.version) await refresh('live');
      return;
    }
    await memory.learn({ type: 'changed', message, atMs: system.nowMs() });
    await onChanged();
    if (message.moved.summary === undefined) await refresh('live');
  };

  const onClose = async (code: number): Promise<void> => {
    drop();
    const isRefused = code === socketCloseCodes.unauthorized || code === socketCloseCodes.forbidden;
    // The summary says whether the token has ended or the server only let go of its lines, as when it stops.
    if (isRefused) await refresh('asked');
    const { failure } = memory.snapshot();
    if (failure === null || !isFinal(failure)) retryLater();
  };

  const open = (next: Connection): void => {
    connection = next;
    const protocols = [socketProtocol, `${socketTokenPrefix}${next.token}`];
    expectSound();
    socket = sockets.open(toSocketUrl(next.serverUrl, paths.socket), protocols, {
      onOpen: beatLater,
      onMessage: (text) => void onMessage(text),
      onClose: (code) => void onClose(code),
    });
  };

  function update(): void {
    const next = memory.connection();
    if (system.nowMs() < restUntilMs) return;
    const isWanted = isWatched && next !== null;
    if (isWanted && connection === next) return;
    drop();
    if (isWanted) open(next);
  }

  return {
    update(nowWatched) {
      if (nowWatched && !isWatched) failures = 0;
      isWatched = nowWatched;
      update();
    },
  };
}

function readMessage(text: string): ReturnType<typeof parseStreamMessage> {
  try {
    return parseStreamMessage(text);
  } catch (error) {
    // A message of another version is passed over; the summary is asked for at the next alarm all the same.
    if (error instanceof NotUnderstoodError) return null;
    throw error;
  }
}

function nothing(): void {}

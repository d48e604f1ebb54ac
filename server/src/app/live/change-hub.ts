import { limits } from '../../contract/limits.ts';
import { beatSeconds, type StreamMessage, socketCloseCodes } from '../../contract/stream.ts';
import { readAccount } from '../accounts/account-reader.ts';
import type { Caller } from '../callers/caller.ts';
import { AppError } from '../http/problem.ts';
import type { Services } from '../services.ts';
import { type ChangeHint, joinHints, unknownChange } from './change-hints.ts';
import { changeMessage } from './change-message.ts';

export type CloseCode = (typeof socketCloseCodes)[keyof typeof socketCloseCodes];

/** One open stream or socket, whatever carries it. */
export interface Channel {
  readonly accountId: string;
  readonly caller: Caller;
  send(message: StreamMessage): void;
  /** The server ends it: the token ended, or the caller may not read the account any more. */
  close(code: CloseCode): void;
}

/** Changes of one account are told at most so often; the first at once. */
const quietMs = 100;

interface Watched {
  readonly channels: Set<Channel>;
  hint: ChangeHint | undefined;
  isWaiting: boolean;
}

/**
 * Tells open streams and sockets which views of their account changed, whichever process changed it. What a channel's
 * member may see is read anew for each message, so that a demotion works at once.
 */
export class ChangeHub {
  readonly #services: () => Services;
  readonly #watched = new Map<string, Watched>();
  readonly #stopListening: () => void;
  readonly #endings = new Map<Channel, () => void>();

  constructor(services: () => Services, subscribe: Services['store']['subscribe']) {
    this.#services = services;
    this.#stopListening = subscribe((changed) => {
      if (changed === 'all') this.touchAll();
      else for (const accountId of changed) this.#changed(accountId);
    });
  }

  /** Channels that are open now. */
  get size(): number {
    return this.#endings.size;
  }

  /** Whether anybody listens to the account, so that nobody else has to find out what changed. */
  isWatched(accountId: string): boolean {
    return this.#watched.has(accountId);
  }

  /** Says beforehand what a commit of this process is about to change. One that then fails leaves a harmless hint. */
  hint(accountId: string, hint: ChangeHint): void {
    const watched = this.#watched.get(accountId);
    if (watched !== undefined) watched.hint = joinHints(watched.hint, hint);
  }

  /** Tells every channel to look again, as when a clock was moved or the catalog changed. */
  touchAll(): void {
    for (const accountId of this.#watched.keys()) this.#changed(accountId);
  }

  /**
   * Opens a channel, greets it and gives the way to end it.
   * @throws AppError `too_many_streams` beyond `limits.streamsPerAccountMax`; as `readAccount`.
   */
  async open(channel: Channel): Promise<() => void> {
    const services = this.#services();
    const { accountId, caller } = channel;
    if ((this.#watched.get(accountId)?.channels.size ?? 0) >= limits.streamsPerAccountMax)
      throw new AppError(
        'too_many_streams',
        `An account may have ${limits.streamsPerAccountMax} streams open`,
      );
    const { state } = await readAccount(services, accountId, caller);
    let watched = this.#watched.get(accountId);
    if (watched === undefined) {
      watched = { channels: new Set(), hint: undefined, isWaiting: false };
      this.#watched.set(accountId, watched);
    }
    watched.channels.add(channel);
    this.#endings.set(channel, this.#keepAlive(channel, services));
    channel.send({ type: 'hello', accountId, version: state.version });
    return () => this.#remove(channel);
  }

  /** Ends the channels of a key that was revoked. */
  endKey(keyId: string): void {
    for (const channel of [...this.#endings.keys()])
      if (channel.caller.kind === 'extension' && channel.caller.keyId === keyId)
        this.#end(channel, socketCloseCodes.unauthorized);
  }

  /** Ends every channel and stops listening. */
  close(): void {
    this.#stopListening();
    for (const channel of [...this.#endings.keys()]) this.#end(channel, socketCloseCodes.unauthorized);
  }

  /** Beats while the channel is open, and ends it with its token. */
  #keepAlive(channel: Channel, services: Services): () => void {
    const { expiresAtMs } = channel.caller;
    let cancel: () => void = () => {};
    const leftMs = () =>
      expiresAtMs === null ? Number.POSITIVE_INFINITY : expiresAtMs - services.clock.systemMs;
    const arm = () => {
      cancel = services.schedule(beat, Math.max(0, Math.min(leftMs(), beatSeconds * 1_000)));
    };
    const beat = () => {
      if (leftMs() <= 0) {
        this.#end(channel, socketCloseCodes.unauthorized);
        return;
      }
      try {
        channel.send({ type: 'beat' });
        arm();
      } catch {
        this.#end(channel, socketCloseCodes.unauthorized);
      }
    };
    arm();
    return () => cancel();
  }

  #changed(accountId: string): void {
    const watched = this.#watched.get(accountId);
    if (watched === undefined) return;
    if (watched.isWaiting) {
      // Another process made this change, or its hint went with the message before: all views are told then.
      watched.hint ??= unknownChange;
      return;
    }
    watched.isWaiting = true;
    void this.#tell(accountId, watched).then(() => {
      this.#services().schedule(() => this.#settle(accountId, watched), quietMs);
    });
  }

  /** After the pause: whatever changed meanwhile is told now. */
  #settle(accountId: string, watched: Watched): void {
    watched.isWaiting = false;
    if (watched.hint !== undefined && this.#watched.get(accountId) === watched) this.#changed(accountId);
  }

  async #tell(accountId: string, watched: Watched): Promise<void> {
    const hint = watched.hint ?? unknownChange;
    watched.hint = undefined;
    for (const channel of [...watched.channels]) {
      try {
        const reading = await readAccount(this.#services(), accountId, channel.caller);
        channel.send(changeMessage(reading, hint));
      } catch (error) {
        if (error instanceof AppError && error.code !== 'unavailable')
          this.#end(channel, socketCloseCodes.forbidden);
        else this.#services().log.error({ err: error, accountId }, 'A change could not be told');
      }
    }
  }

  /** Nobody waits for it: where what carries the channel fails, that is logged and no more. */
  #end(channel: Channel, code: CloseCode): void {
    this.#remove(channel);
    try {
      channel.close(code);
    } catch (error) {
      this.#services().log.error({ err: error, accountId: channel.accountId }, 'A stream could not be ended');
    }
  }

  #remove(channel: Channel): void {
    this.#endings.get(channel)?.();
    this.#endings.delete(channel);
    const watched = this.#watched.get(channel.accountId);
    watched?.channels.delete(channel);
    if (watched?.channels.size === 0) this.#watched.delete(channel.accountId);
  }
}

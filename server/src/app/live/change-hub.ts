import { apiBounds } from '../../contract/api-bounds.ts';
import { beatSeconds, type StreamMessage, socketCloseCodes } from '../../contract/live/stream.ts';
import { nextDueAtMs } from '../../domain/accounts/advance.ts';
import { SliceBudget } from '../../store/in-slices.ts';
import { type AccountReading, readAccount } from '../accounts/account-reader.ts';
import { commitDueOf } from '../accounts/commit-due.ts';
import type { Caller } from '../callers/caller.ts';
import { AppError } from '../http/reply/problem.ts';
import type { Services } from '../services.ts';
import { type ChangeHint, changeBetween, joinHints } from './change-hint.ts';
import { changeMessage } from './change-message.ts';
import { readOnce } from './read-once.ts';

export type CloseCode = (typeof socketCloseCodes)[keyof typeof socketCloseCodes];

/** One open stream or socket, whatever carries it. */
export interface Channel {
  /** The account whose changes it hears. */
  readonly accountId: string;
  /** Who listens; what they may see decides what is sent. */
  readonly caller: Caller;
  /** Sends one message; it must not throw. */
  send(message: StreamMessage): void;
  /** The server ends it: the token ended, or the caller may not read the account any more. */
  close(code: CloseCode): void;
}

/**
 * A change is told so long after its commit. By then the command that made it has said what it changed, and others that came
 * with it go into the same message.
 */
const gatherMs = 10;
/** Changes of one account are told at most so often. */
const quietMs = 400;

/** A due change that could not be committed is tried again after this time. */
const dueRetryMs = 60_000;
/** Timers accept no longer delays; later changes are looked up again then. */
const delayMaxMs = 3_600_000;

interface Watched {
  /** Open channels, each with the version of the account that it was told last. */
  readonly channels: Map<Channel, number>;
  /** This process's changes since the last message. */
  /** Ends the wait for what falls due next. */
  cancelDue: () => void;
  hint: ChangeHint | undefined;
  /** The version that was told last. */
  told: number;
  isWaiting: boolean;
  /** Something changed while the message before was being told, or in the pause after it. */
  hasMore: boolean;
}

/**
 * Tells open streams and sockets which views of their account changed, whichever process made the change. The rights of a
 * channel's member are read again for each message, so that a demotion works at once.
 */
export class ChangeHub {
  readonly #services: () => Services;
  readonly #watched = new Map<string, Watched>();
  readonly #stopListening: readonly (() => void)[];
  readonly #endings = new Map<Channel, () => void>();

  constructor(
    services: () => Services,
    store: Pick<Services['store'], 'subscribe' | 'subscribeToRevocations'>,
  ) {
    this.#services = services;
    this.#stopListening = [
      store.subscribe((changed) => {
        if (changed === 'all') this.touchAll();
        else for (const accountId of changed) this.#changed(accountId);
      }),
      store.subscribeToRevocations((keyId) => {
        if (keyId === null) void this.#lookAgain();
        else this.#endKey(keyId);
      }),
    ];
  }

  /** Channels that are open now. */
  get size(): number {
    return this.#endings.size;
  }

  /** Whether anybody listens to the account, so that nobody else has to find out what changed. */
  isWatched(accountId: string): boolean {
    return this.#watched.has(accountId);
  }

  /** Says what a commit of this process has changed. What comes after its change was told is of no use any more. */
  hint(accountId: string, hint: ChangeHint): void {
    const watched = this.#watched.get(accountId);
    if (watched !== undefined && hint.since >= watched.told) watched.hint = joinHints(watched.hint, hint);
  }

  /** Tells every channel to look again, as when a clock was moved or the catalog changed. */
  touchAll(): void {
    for (const accountId of this.#watched.keys()) this.#changed(accountId);
  }

  /**
   * Opens a channel, greets it and gives the way to end it.
   * @throws AppError `too_many_streams` beyond `apiBounds.streamsPerMemberMax` or `streamsPerAccountMax`; as `readAccount`.
   */
  async open(channel: Channel): Promise<() => void> {
    const services = this.#services();
    const { accountId, caller } = channel;
    this.#assertRoom(channel);
    const reading = await readAccount(services, accountId, caller);
    // Others may have come meanwhile.
    this.#assertRoom(channel);
    let watched = this.#watched.get(accountId);
    if (watched === undefined) {
      watched = {
        channels: new Map(),
        cancelDue: () => {},
        hint: undefined,
        told: reading.state.version,
        isWaiting: false,
        hasMore: false,
      };
      this.#watched.set(accountId, watched);
    }
    watched.channels.set(channel, reading.state.version);
    this.#endings.set(channel, this.#keepAlive(channel, services));
    this.#awaitDue(accountId, watched, reading);
    channel.send({ type: 'hello', accountId, version: reading.state.version });
    return () => this.#remove(channel);
  }

  #assertRoom({ accountId, caller }: Channel): void {
    const channels = this.#watched.get(accountId)?.channels;
    if (channels === undefined) return;
    const refuse = (who: string, max: number) => {
      throw new AppError('too_many_streams', `${who} may have ${max} streams open`);
    };
    if (channels.size >= apiBounds.streamsPerAccountMax) refuse('An account', apiBounds.streamsPerAccountMax);
    const memberId = memberOf(caller);
    if (memberId === null) return;
    let own = 0;
    for (const other of channels.keys()) if (memberOf(other.caller) === memberId) own += 1;
    if (own >= apiBounds.streamsPerMemberMax) refuse('A member', apiBounds.streamsPerMemberMax);
  }

  /** Ends the channels of a key that was revoked, in whichever process. */
  #endKey(keyId: string): void {
    this.#services().keys.forget(keyId);
    for (const channel of [...this.#endings.keys()])
      if (channel.caller.kind === 'extension' && channel.caller.keyId === keyId)
        this.#end(channel, socketCloseCodes.unauthorized);
  }

  /** Ends the channels of tokens, which are all over once their secret is another one. */
  endTokens(): void {
    for (const channel of [...this.#endings.keys()])
      if (channel.caller.kind === 'member' || channel.caller.kind === 'visitor')
        this.#end(channel, socketCloseCodes.unauthorized);
  }

  async #lookAgain(): Promise<void> {
    const { tokens, log } = this.#services();
    try {
      if (await tokens.reload()) this.endTokens();
    } catch (error) {
      log.error({ err: error }, 'What signs tokens could not be read again');
    }
    await this.#endRevoked();
  }

  /** Looks for keys that were revoked while nobody could tell. */
  async #endRevoked(): Promise<void> {
    const { store, log } = this.#services();
    const keyIds = new Set<string>();
    for (const { caller } of this.#endings.keys()) if (caller.kind === 'extension') keyIds.add(caller.keyId);
    for (const keyId of keyIds) {
      try {
        if ((await store.readKey(keyId)) === undefined) this.#endKey(keyId);
      } catch (error) {
        log.error({ err: error, keyId }, 'A key of an open stream could not be looked up');
      }
    }
  }

  /** Ends every channel and stops listening. */
  close(): void {
    for (const stop of this.#stopListening) stop();
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
      watched.hasMore = true;
      return;
    }
    watched.isWaiting = true;
    const { schedule } = this.#services();
    schedule(() => {
      watched.hasMore = false;
      void this.#tell(accountId, watched).then(() => {
        schedule(() => this.#settle(accountId, watched), quietMs);
      });
    }, gatherMs);
  }

  /** After the pause, the changes of that time are sent. */
  #settle(accountId: string, watched: Watched): void {
    watched.isWaiting = false;
    if (watched.hasMore && this.#watched.get(accountId) === watched) this.#changed(accountId);
  }

  async #tell(accountId: string, watched: Watched): Promise<void> {
    const { hint } = watched;
    watched.hint = undefined;
    const known = this.#services();
    const services = { ...known, store: readOnce(known.store) };
    let budget = new SliceBudget(known.stopwatchMs);
    for (const [channel, since] of [...watched.channels]) {
      // Each viewer's message is made by itself, and an account may have many.
      if (budget.isSpent) {
        await known.nextTurn();
        budget = new SliceBudget(known.stopwatchMs);
      }
      if (!watched.channels.has(channel)) continue;
      try {
        const reading = await readAccount(services, accountId, channel.caller);
        const { version } = reading.state;
        channel.send(await changeMessage(services, reading, changeBetween(hint, since, version), since));
        watched.told = version;
        if (watched.channels.has(channel)) watched.channels.set(channel, version);
        this.#awaitDue(accountId, watched, reading);
      } catch (error) {
        if (error instanceof AppError && error.code !== 'unavailable')
          this.#end(channel, socketCloseCodes.forbidden);
        else known.log.error({ err: error, accountId }, 'A change could not be told');
      }
    }
  }

  /**
   * While somebody watches, what falls due is committed when it is due, and told as any other change. Test clocks are
   * moved by a call, which tells everybody itself.
   */
  #awaitDue(accountId: string, watched: Watched, { state, nowMs }: AccountReading): void {
    watched.cancelDue();
    watched.cancelDue = () => {};
    if (state.profile.testClockId !== null || this.#watched.get(accountId) !== watched) return;
    const delayMs = Math.min(Math.max(nextDueAtMs(state) - nowMs, 0), delayMaxMs);
    watched.cancelDue = this.#services().schedule(() => void this.#commitDue(accountId, watched), delayMs);
  }

  async #commitDue(accountId: string, watched: Watched): Promise<void> {
    const services = this.#services();
    const [channel] = watched.channels.keys();
    try {
      await commitDueOf(services, accountId);
      // Where another process was first, its change is told; the wait for the next one begins in any case.
      if (channel !== undefined)
        this.#awaitDue(accountId, watched, await readAccount(services, accountId, channel.caller));
    } catch (error) {
      services.log.error({ err: error, accountId }, 'What fell due could not be told');
      if (this.#watched.get(accountId) === watched)
        watched.cancelDue = services.schedule(() => void this.#commitDue(accountId, watched), dueRetryMs);
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
    if (watched?.channels.size !== 0) return;
    watched.cancelDue();
    this.#watched.delete(channel.accountId);
  }
}

/** The member whose page or extension it is; null for the host's backend and for visitors. */
function memberOf(caller: Caller): string | null {
  return caller.kind === 'member' || caller.kind === 'extension' ? caller.memberId : null;
}

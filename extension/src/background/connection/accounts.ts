import { apiBounds, msPerDay, paths } from '@usagekit/server/contract';
import type { Ports } from '../../chrome/ports.ts';
import { parseExtensionToken } from '../../core/connection/pairing.ts';
import type { ExtensionMemory } from '../extension-memory.ts';
import { createLiveLine, type LiveLine } from '../server/live-line.ts';
import { createRefresher, type Refresher } from '../server/refresher.ts';
import { askServer } from '../server/server-client.ts';

/** Keeps the figures of one connected account fresh. */
export interface Account {
  readonly refresher: Refresher;
  readonly liveLine: LiveLine;
}

export interface Accounts {
  of(connectionId: string): Account;
  /** Ends what an account that was disconnected has open. */
  drop(connectionId: string): Promise<void>;
}

export interface AccountsOptions {
  /** Called after each answer of a server, with the snapshot up to date. */
  onLearned(connectionId: string): Promise<void>;
  /** Called after a message moved the figures. */
  onMoved(): Promise<void>;
}

/** A rotation that failed is tried again after this. */
const rotationRetryMs = 60 * 60_000;

/** One refresher and one live line for each connected account, made when they are first needed. */
export function createAccounts(
  ports: Pick<Ports, 'alarms' | 'system' | 'socket'>,
  memory: ExtensionMemory,
  { onLearned, onMoved }: AccountsOptions,
): Accounts {
  const accounts = new Map<string, Account>();

  const create = (connectionId: string): Account => {
    const account = memory.account(connectionId);
    const rotate = createRotation(ports.system, memory, connectionId);
    const refresher = createRefresher(ports, account, async () => {
      await onLearned(connectionId);
      await rotate();
    });
    return { refresher, liveLine: createLiveLine(ports, account, refresher.refresh, onMoved) };
  };

  const of = (connectionId: string): Account => {
    const known = accounts.get(connectionId) ?? create(connectionId);
    accounts.set(connectionId, known);
    return known;
  };
  return {
    of,
    async drop(connectionId) {
      const { refresher, liveLine } = of(connectionId);
      refresher.forget();
      liveLine.update(false);
      await refresher.ensureAlarm();
      accounts.delete(connectionId);
    },
  };
}

/**
 * Changes a token that is a week old for another. The old one still reads until the new one is used, so that nothing is lost where
 * the answer does not arrive.
 */
function createRotation(
  system: Ports['system'],
  memory: ExtensionMemory,
  connectionId: string,
): () => Promise<void> {
  let triedAtMs = Number.NEGATIVE_INFINITY;
  return async () => {
    const connection = memory.account(connectionId).connection();
    const nowMs = system.nowMs();
    if (connection === null || nowMs - triedAtMs < rotationRetryMs) return;
    if (nowMs - connection.tokenSinceMs < apiBounds.extensionTokenDays * msPerDay) return;
    triedAtMs = nowMs;
    const answer = await askServer(system, connection, paths.rotateOwnKey, parseExtensionToken, { body: {} });
    if (answer.kind !== 'answered' || answer.value.accountId !== connection.accountId) return;
    // The account was disconnected, or connected again, in the meantime.
    if (memory.account(connectionId).connection() !== connection) return;
    await memory.putConnection({ ...connection, token: answer.value.token, tokenSinceMs: system.nowMs() });
  };
}

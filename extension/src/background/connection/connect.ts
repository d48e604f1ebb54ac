import { paths } from '@usagekit/server/contract';
import type { SystemPort } from '../../chrome/ports/system-port.ts';
import type { Failure } from '../../core/account/snapshot.ts';
import {
  type Connection,
  connectionId,
  connectionsMax,
  parseConnectionInput,
} from '../../core/connection/connection.ts';
import type { ConnectAnswer, ConnectFound } from '../../core/rpc/rpc.ts';
import { parseSummary, parseWhoami } from '../../core/server/parse-answer.ts';
import type { Words } from '../../words/english.ts';
import { wordsOf } from '../../words/words-of.ts';
import type { ExtensionMemory } from '../extension-memory.ts';
import { askServer } from '../server/server-client.ts';

export type ConnectResult =
  | { connected: true; connectionId: string; found: ConnectFound }
  | Extract<ConnectAnswer, { connected: false }>;

/**
 * Connects an account: asks the server who the token is and how the account stands, and keeps it only when both
 * answers are good. An earlier connection of the same account stays as it is until then.
 */
export async function connect(
  system: SystemPort,
  memory: ExtensionMemory,
  typed: { serverUrl: string; token: string },
): Promise<ConnectResult> {
  const words = wordsOf(system.format());
  const input = parseConnectionInput(typed, words);
  if (!input.ok) return { connected: false, field: input.field, message: input.message };

  const access = { serverUrl: input.serverUrl, token: input.token };
  const whoami = await askServer(system, access, paths.whoami, parseWhoami);
  if (whoami.kind !== 'answered') return refuse(whoami, access.serverUrl, words);
  const { caller, accountId, role } = whoami.value;
  if (caller !== 'extension' || accountId === null) {
    return { connected: false, field: 'token', message: wrongCaller(caller, words) };
  }
  const id = connectionId(access.serverUrl, accountId);
  const isNew = memory.account(id).connection() === null;
  if (isNew && memory.connections().length >= connectionsMax) {
    return {
      connected: false,
      field: 'serverUrl',
      message: words.failure.tooManyAccounts(String(connectionsMax)),
    };
  }

  const requestedAtMs = system.nowMs();
  const answer = await askServer(system, access, paths.summary(accountId), parseSummary);
  if (answer.kind !== 'answered') return refuse(answer, access.serverUrl, words);
  const { value: summary, etag } = answer;
  const atMs = system.nowMs();
  const connection: Connection = {
    ...access,
    id,
    accountId,
    accountName: summary.accountName,
    connectedAtMs: atMs,
    tokenSinceMs: atMs,
  };
  await memory.putConnection(connection);
  await memory.account(id).learn({ type: 'disconnected' });
  await memory.account(id).learn({ type: 'summary_fetched', summary, etag, requestedAtMs, atMs });
  const found = { accountName: summary.accountName, planName: summary.planName, role };
  return { connected: true, connectionId: id, found };
}

function refuse(
  answer: { kind: 'unchanged' } | { kind: 'failed'; failure: Omit<Failure, 'count'> },
  serverUrl: string,
  words: Words,
): Extract<ConnectAnswer, { connected: false }> {
  const kind = answer.kind === 'failed' ? answer.failure.kind : 'not_understood';
  const { host } = new URL(serverUrl);
  switch (kind) {
    case 'unauthorized':
      return { connected: false, field: 'token', message: words.token.unknown(host) };
    case 'forbidden':
      return { connected: false, field: 'token', message: words.token.mayNotRead(host) };
    case 'unavailable':
      return { connected: false, field: 'serverUrl', message: words.failure.tryAgain(host) };
    case 'unreachable':
      return { connected: false, field: 'serverUrl', message: words.failure.checkAddress(host) };
    case 'not_understood':
      return { connected: false, field: 'serverUrl', message: words.failure.notAServer(host) };
  }
}

function wrongCaller(caller: 'secret_key' | 'member' | 'visitor' | 'extension', { token }: Words): string {
  if (caller === 'secret_key') return token.secretKey;
  return caller === 'extension' ? token.ofNoAccount : token.ofPage;
}

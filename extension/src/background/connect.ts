import { paths } from '@usagekit/server/contract';
import type { SystemPort } from '../chrome/system-port.ts';
import { type Connection, connectionId, connectionsMax, parseConnectionInput } from '../core/connection.ts';
import { parseSummary, parseWhoami } from '../core/parse-answer.ts';
import type { ConnectAnswer, ConnectFound } from '../core/rpc.ts';
import type { Failure } from '../core/snapshot.ts';
import type { ExtensionMemory } from './extension-memory.ts';
import { askServer } from './server-client.ts';

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
  const input = parseConnectionInput(typed);
  if (!input.ok) return { connected: false, field: input.field, message: input.message };

  const access = { serverUrl: input.serverUrl, token: input.token };
  const whoami = await askServer(system, access, paths.whoami, parseWhoami);
  if (whoami.kind !== 'answered') return refuse(whoami, access.serverUrl);
  const { caller, accountId, role } = whoami.value;
  if (caller !== 'extension' || accountId === null) {
    return { connected: false, field: 'token', message: wrongCaller(caller) };
  }
  const id = connectionId(access.serverUrl, accountId);
  const isNew = memory.account(id).connection() === null;
  if (isNew && memory.connections().length >= connectionsMax) {
    return {
      connected: false,
      field: 'serverUrl',
      message: `${connectionsMax} accounts are connected, the most there can be. Disconnect one first.`,
    };
  }

  const requestedAtMs = system.nowMs();
  const answer = await askServer(system, access, paths.summary(accountId), parseSummary);
  if (answer.kind !== 'answered') return refuse(answer, access.serverUrl);
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
): Extract<ConnectAnswer, { connected: false }> {
  const kind = answer.kind === 'failed' ? answer.failure.kind : 'not_understood';
  const { host } = new URL(serverUrl);
  switch (kind) {
    case 'unauthorized':
      return {
        connected: false,
        field: 'token',
        message: `${host} does not know this token, or it has ended.`,
      };
    case 'forbidden':
      return {
        connected: false,
        field: 'token',
        message: `${host} knows this token but does not let it read.`,
      };
    case 'unavailable':
      return { connected: false, field: 'serverUrl', message: `${host} cannot answer right now. Try again.` };
    case 'unreachable':
      return {
        connected: false,
        field: 'serverUrl',
        message: `${host} could not be reached. Check the address and that the server is running.`,
      };
    case 'not_understood':
      return {
        connected: false,
        field: 'serverUrl',
        message: `${host} answers, but not as a UsageKit server does. Check the address and its path.`,
      };
  }
}

function wrongCaller(caller: 'secret_key' | 'member' | 'visitor' | 'extension'): string {
  if (caller === 'secret_key') {
    return 'This is a secret key. It must stay on a server, so it was not kept. Use an extension token.';
  }
  if (caller === 'extension') return 'This extension token names no account. Ask the product for another.';
  return 'This token is for a web page and ends within minutes. Use an extension token, which lasts.';
}

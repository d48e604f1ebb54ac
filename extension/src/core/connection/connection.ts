import type { Words } from '../../words/english.ts';
import { parseServerUrl } from './server-address.ts';

/** One account on one server, as this browser knows it. Only the background sees the token. */
export interface Connection {
  /** Made of the server and the account, so that connecting the same account again takes its place. */
  id: string;
  /** Without a trailing slash; it may have a path prefix. */
  serverUrl: string;
  token: string;
  accountId: string;
  accountName: string;
  connectedAtMs: number;
  /** When the token was given; it is changed for another when it is a week old. */
  tokenSinceMs: number;
}

/** Accounts that can be connected at once. */
export const connectionsMax = 20;

/** A connection as an extension page may see it. */
export type ConnectionView = Omit<Connection, 'token' | 'tokenSinceMs'>;

/** Leaves the token out, by naming what goes in. */
export function toConnectionView(connection: Connection): ConnectionView {
  const { id, serverUrl, accountId, accountName, connectedAtMs } = connection;
  return { id, serverUrl, accountId, accountName, connectedAtMs };
}

export function connectionId(serverUrl: string, accountId: string): string {
  return `${accountId} ${serverUrl}`;
}

/** Reads the stored connections. What is not whole is dropped. */
export function parseConnections(value: unknown): Connection[] {
  // Before there were several, one was stored by itself.
  const stored = Array.isArray(value) ? value : [value];
  const read = stored.map(parseConnection).filter((connection) => connection !== null);
  return [...new Map(read.map((connection) => [connection.id, connection])).values()].slice(
    0,
    connectionsMax,
  );
}

function parseConnection(value: unknown): Connection | null {
  if (typeof value !== 'object' || value === null) return null;
  const { serverUrl, token, accountId, accountName, connectedAtMs, tokenSinceMs } = value as Record<
    string,
    unknown
  >;
  if (typeof serverUrl !== 'string' || typeof token !== 'string' || token === '') return null;
  if (typeof accountId !== 'string' || typeof accountName !== 'string') return null;
  if (typeof connectedAtMs !== 'number') return null;
  return {
    id: connectionId(serverUrl, accountId),
    serverUrl,
    token,
    accountId,
    accountName,
    connectedAtMs,
    tokenSinceMs: typeof tokenSinceMs === 'number' ? tokenSinceMs : connectedAtMs,
  };
}

/** A field of the connection form. */
export type ConnectionField = 'serverUrl' | 'token';

export type ConnectionInput =
  | { ok: true; serverUrl: string; token: string }
  | { ok: false; field: ConnectionField; message: string };

/** No token is longer than this. */
const tokenCharactersMax = 512;

/**
 * Checks the input of the connection form before anything is sent. A secret key is refused by its prefix, since it must never be
 * in a browser, and the input is not stored.
 */
export function parseConnectionInput(
  input: { serverUrl: string; token: string },
  words: Pick<Words, 'address' | 'token'>,
): ConnectionInput {
  const server = parseServerUrl(input.serverUrl);
  if (!server.ok) return { ok: false, field: 'serverUrl', message: words.address[server.problem] };

  const token = input.token.trim();
  if (token === '') {
    return { ok: false, field: 'token', message: words.token.missing };
  }
  if (/^sk_/i.test(token)) {
    return { ok: false, field: 'token', message: words.token.secretKey };
  }
  // The token travels in a header and in a WebSocket subprotocol, which allow no other characters.
  if (!isToken(token)) {
    return { ok: false, field: 'token', message: words.token.noToken };
  }
  return { ok: true, serverUrl: server.url, token };
}

/** Whether the text can travel as a token, and is no secret key. */
export function isToken(text: string): boolean {
  return text.length <= tokenCharactersMax && /^[\w.~-]+$/.test(text) && !/^sk_/i.test(text);
}

import type { ExtensionToken, StartedPairing } from '@usagekit/server/contract';
import type { Words } from '../../words/english.ts';
import { NotUnderstoodError } from '../server/parse-answer.ts';
import { isToken } from './connection.ts';
import { parsePageUrl } from './server-address.ts';

/** A pairing that waits for its approval. It is kept in memory only, so that a browser that ends forgets it. */
export interface PendingPairing {
  serverUrl: string;
  deviceCode: string;
  verifier: string;
  userCode: string;
  /** The page that approves. */
  approvalUrl: string;
  intervalSeconds: number;
  expiresAtMs: number;
}

/** The state of a pairing for extension pages, without the device code and the verifier. */
export type PairingView =
  | { status: 'waiting'; host: string; userCode: string }
  | { status: 'failed'; host: string; message: string };

/** A pairing never lasts longer here, whatever the server says. */
const secondsMax = 1800;

/** Reads the answer to `POST /v1/pairings`. @throws NotUnderstoodError, also where the page could not be opened safely. */
export function parseStartedPairing(
  value: unknown,
  serverUrl: string,
): Omit<StartedPairing, 'verificationUri'> {
  const { deviceCode, userCode, verificationUriComplete, expiresInSeconds, intervalSeconds } =
    toFields(value);
  const approvalUrl = parsePageUrl(toText(verificationUriComplete, 'verificationUriComplete'), serverUrl);
  if (approvalUrl === null) throw new NotUnderstoodError('verificationUriComplete');
  const code = toText(userCode, 'userCode');
  if (!/^[A-Z0-9-]{4,20}$/.test(code)) throw new NotUnderstoodError('userCode');
  return {
    deviceCode: toText(deviceCode, 'deviceCode'),
    userCode: code,
    verificationUriComplete: approvalUrl,
    expiresInSeconds: Math.min(toSeconds(expiresInSeconds, 'expiresInSeconds'), secondsMax),
    intervalSeconds: toSeconds(intervalSeconds, 'intervalSeconds'),
  };
}

/** Reads the answer to `POST /v1/pairings/token` or to a rotation. @throws NotUnderstoodError */
export function parseExtensionToken(value: unknown): Pick<ExtensionToken, 'token' | 'accountId'> {
  const { token, accountId } = toFields(value);
  const text = toText(token, 'token');
  if (!isToken(text)) throw new NotUnderstoodError('token');
  return { token: text, accountId: toText(accountId, 'accountId') };
}

/** Reads a pairing that was kept while the worker slept; null for anything else. */
export function parsePendingPairing(value: unknown): PendingPairing | null {
  if (typeof value !== 'object' || value === null) return null;
  // Only this worker writes it, and it is gone with the browser, so that its shape is always this version's.
  return 'deviceCode' in value ? (value as PendingPairing) : null;
}

/** An error of `POST /v1/pairings/token` in words for people; null if the answer only asks to wait. */
export function pairingEnd(code: string | null, host: string, { failure }: Words): string | null {
  switch (code) {
    case 'authorization_pending':
    case 'slow_down':
      return null;
    case 'access_denied':
      return failure.pairingRefused(host);
    case 'expired_token':
      return failure.pairingExpired;
    default:
      return failure.pairingUnknown(host);
  }
}

function toFields(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new NotUnderstoodError('pairing');
  return value as Record<string, unknown>;
}

function toText(value: unknown, path: string): string {
  if (typeof value !== 'string' || value === '' || value.length > 2048) throw new NotUnderstoodError(path);
  return value;
}

function toSeconds(value: unknown, path: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 1) throw new NotUnderstoodError(path);
  return value;
}

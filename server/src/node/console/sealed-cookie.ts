import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** The content of a session's cookie. Any process of the installation can make the session of it again. */
export interface SealedSession {
  readonly key: string;
  /** Names the session in logs and in the audit; nobody can sign in by it. */
  readonly name: string;
  readonly signInId: string;
  readonly endsAtMs: number;
}

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Seals a session into a text for a cookie: encrypted and authenticated by a secret of the installation's (AES-256-GCM), so that a
 * browser holds neither a key that it could read nor one that it could change.
 */
export function sealSession(session: SealedSession, secret: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, sealingKey(secret), nonce);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(session), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url');
}

/** Undefined where the text was not sealed by this secret, or was changed. */
export function openSealedSession(text: string, secret: string): SealedSession | undefined {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length <= nonceBytes + tagBytes) return undefined;
  const decipher = createDecipheriv(algorithm, sealingKey(secret), bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  try {
    const opened = decipher.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8');
    return JSON.parse(`${opened}${decipher.final('utf8')}`) as SealedSession;
  } catch {
    return undefined;
  }
}

function sealingKey(secret: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', 'usagekit console session', 32));
}

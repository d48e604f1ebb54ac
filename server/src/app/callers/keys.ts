import type { KeyKind } from '../../contract/access.ts';
import { msPerDay } from '../../contract/durations.ts';
import { limits } from '../../contract/limits.ts';
import type { KeyRecord, Store } from '../../store/store.ts';
import type { Clock } from '../app-options.ts';
import { AppError } from '../http/problem.ts';
import { BoundedCache } from './bounded-cache.ts';
import type { ExtensionCaller, SecretKeyCaller } from './caller.ts';
import { toHex } from './hex.ts';

export const extensionKeyPrefix = 'uke_';

const keptMax = 10_000;
/** Another process may have revoked the key, so what is kept is asked for again after so long. */
const trustedMs = 5_000;
/** An extension's key is renewed once a day and not at every use. */
const renewalStepMs = msPerDay;

interface KnownKey {
  readonly caller: SecretKeyCaller | ExtensionCaller;
  readonly keyId: string | null;
  readonly trustedUntilMs: number;
}

export interface KeysOptions {
  readonly store: Store;
  readonly clock: Clock;
  newId(): string;
  readonly mode: 'test' | 'live';
  /** Secret keys that hold by configuration. */
  readonly configured: readonly string[];
}

export interface NewKey {
  readonly kind: KeyKind;
  readonly label: string;
  readonly accountId: string | null;
  readonly memberId: string | null;
}

/** Makes, checks and revokes keys. Of a key's secret only a hash is stored. */
export class Keys {
  readonly #options: KeysOptions;
  readonly #known = new BoundedCache<KnownKey>(keptMax);

  constructor(options: KeysOptions) {
    this.#options = options;
  }

  /** Makes a key; its secret is in this answer and nowhere else. */
  async create(key: NewKey): Promise<{ record: KeyRecord; secret: string }> {
    const { store, clock, newId, mode } = this.#options;
    const prefix = key.kind === 'secret' ? `sk_${mode}_` : extensionKeyPrefix;
    const secret = `${prefix}${randomText()}`;
    const record: KeyRecord = {
      id: newId(),
      kind: key.kind,
      label: key.label,
      prefix: secret.slice(0, prefix.length + 4),
      secretHash: await sha256(secret),
      accountId: key.accountId,
      memberId: key.memberId,
      createdAtMs: clock.nowMs(),
      expiresAtMs: key.kind === 'secret' ? null : clock.nowMs() + limits.extensionKeyDays * msPerDay,
    };
    await store.putKey(record);
    return { record, secret };
  }

  /** False where there was no such key. It is refused from the next request on. */
  async revoke(keyId: string): Promise<boolean> {
    const deleted = await this.#options.store.deleteKey(keyId);
    this.forget(keyId);
    return deleted;
  }

  /** What was known of a key that another process revoked. */
  forget(keyId: string): void {
    this.#known.deleteWhere((known) => known.keyId === keyId);
  }

  /** The caller at once where the key was checked a moment ago. */
  known(secret: string): SecretKeyCaller | ExtensionCaller | undefined {
    const known = this.#known.get(secret);
    if (known === undefined || known.trustedUntilMs <= this.#options.clock.nowMs()) return undefined;
    return known.caller;
  }

  /** Whether the key was let in before, however long ago. */
  wasKnown(secret: string): boolean {
    return this.#known.get(secret) !== undefined;
  }

  /** @throws AppError `invalid_credentials`. */
  async verify(secret: string): Promise<SecretKeyCaller | ExtensionCaller> {
    const known = this.known(secret);
    if (known !== undefined) return known;
    const found = await this.#find(secret);
    this.#known.set(secret, found);
    return found.caller;
  }

  async #find(secret: string): Promise<KnownKey> {
    const { store, clock, configured } = this.#options;
    const trustedUntilMs = clock.nowMs() + trustedMs;
    const hash = await sha256(secret);
    for (const text of configured)
      if ((await sha256(text)) === hash)
        return {
          caller: { kind: 'secret_key', expiresAtMs: null },
          keyId: null,
          trustedUntilMs: Number.POSITIVE_INFINITY,
        };
    const record = await store.findKeyByHash(hash);
    const isOfOtherMode = this.#options.mode === 'live' && record?.prefix.startsWith('sk_test_') === true;
    if (record === undefined || isOfOtherMode) {
      this.#known.delete(secret);
      throw new AppError('invalid_credentials', 'The key is not known here, or was revoked');
    }
    if (record.kind === 'secret')
      return { caller: { kind: 'secret_key', expiresAtMs: null }, keyId: record.id, trustedUntilMs };
    const renewed = await this.#renew(record);
    if (renewed.accountId === null || renewed.memberId === null || renewed.expiresAtMs === null)
      throw new AppError('invalid_credentials', 'The key names no member');
    const { accountId, memberId, expiresAtMs, id } = renewed;
    return {
      caller: {
        kind: 'extension',
        keyId: id,
        accountId,
        memberId,
        narrowTo: null,
        issuedAtMs: renewed.createdAtMs,
        expiresAtMs,
      },
      keyId: id,
      trustedUntilMs,
    };
  }

  async #renew(record: KeyRecord): Promise<KeyRecord> {
    const nowMs = this.#options.clock.nowMs();
    const fullMs = nowMs + limits.extensionKeyDays * msPerDay;
    const { expiresAtMs } = record;
    if (expiresAtMs === null || expiresAtMs <= nowMs || fullMs - expiresAtMs < renewalStepMs) return record;
    const renewed = { ...record, expiresAtMs: fullMs };
    await this.#options.store.putKey(renewed);
    return renewed;
  }
}

/** 256 random bits in base64url. */
function randomText(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

async function sha256(text: string): Promise<string> {
  return toHex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}

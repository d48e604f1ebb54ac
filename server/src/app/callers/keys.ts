import { apiBounds } from '../../contract/api-bounds.ts';
import type { KeyKind } from '../../contract/keys/keys.ts';
import type { Role } from '../../contract/members/members.ts';
import { msPerDay } from '../../contract/values/durations.ts';
import { everyItem } from '../../store/every-item.ts';
import type { AuditRecord, KeyRecord } from '../../store/installation-records.ts';
import type { Store } from '../../store/store.ts';
import type { Clock, Hash } from '../app-options.ts';
import { AppError } from '../http/reply/problem.ts';
import { BoundedCache } from './bounded-cache.ts';
import type { ExtensionCaller, SecretKeyCaller } from './caller.ts';
import { toHex } from './hex.ts';

export const extensionKeyPrefix = 'uke_';

const keptMax = 10_000;
/** Cached keys are read again after this time, since another process may have revoked them. */
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
  /** SHA-256 by Web Crypto by default. */
  readonly hash?: Hash | undefined;
  /** Secret keys that hold by configuration. */
  readonly configured: readonly string[];
  /** Who it is that calls with those, where it is a command on the database. */
  readonly operator?: string | undefined;
  /** No key is renewed by its use. */
  readonly isReadOnly?: boolean;
}

export interface NewKey {
  readonly kind: KeyKind;
  readonly label: string;
  readonly accountId: string | null;
  readonly memberId: string | null;
  /** Null by default. */
  readonly narrowTo?: Role | null;
  readonly origin?: string | null;
  /** Of a secret key: the mode of the servers that it is for; the app's own by default. */
  readonly mode?: 'test' | 'live';
}

/** Makes, checks and revokes keys. Of a key's secret only a hash is stored. */
export class Keys {
  readonly #options: KeysOptions;
  readonly #hash: Hash;
  readonly #known = new BoundedCache<KnownKey>(keptMax);

  constructor(options: KeysOptions) {
    this.#options = options;
    this.#hash = options.hash ?? sha256;
  }

  /** Whether the store has a key that a live server takes. Keys come by id, so the oldest ones come first. */
  async hasLiveKey(): Promise<boolean> {
    const { store } = this.#options;
    for await (const { prefix } of everyItem((page) => store.listKeys(page)))
      if (modeOf(prefix) === 'live') return true;
    return false;
  }

  /** Makes a key; only this answer contains its secret. */
  create(key: NewKey): Promise<{ record: KeyRecord; secret: string }> {
    return this.#create(key, null);
  }

  async #create(key: NewKey, replaces: string | null): Promise<{ record: KeyRecord; secret: string }> {
    const { store, clock, newId, mode } = this.#options;
    const prefix = key.kind === 'secret' ? `sk_${key.mode ?? mode}_` : extensionKeyPrefix;
    const secret = `${prefix}${randomText()}`;
    const record: KeyRecord = {
      id: newId(),
      kind: key.kind,
      label: key.label,
      prefix: secret.slice(0, prefix.length + 4),
      secretHash: await this.#hash(secret),
      accountId: key.accountId,
      memberId: key.memberId,
      createdAtMs: clock.nowMs(),
      expiresAtMs: key.kind === 'secret' ? null : clock.nowMs() + apiBounds.extensionKeyDays * msPerDay,
      narrowTo: key.narrowTo ?? null,
      origin: key.origin ?? null,
      replaces,
      replacedBy: null,
    };
    await store.putKey(record);
    return { record, secret };
  }

  /**
   * Replaces an extension's key. The old key can read for a while longer, since the answer may be lost, and ends at once when the
   * new key is used. If the old key is rotated again before that, the unused new key is revoked.
   * @throws AppError `invalid_credentials` if the key no longer exists.
   */
  async rotate(keyId: string): Promise<{ record: KeyRecord; secret: string }> {
    const { store, clock } = this.#options;
    const old = await store.readKey(keyId);
    if (old === undefined) throw new AppError('invalid_credentials', 'The key was revoked');
    if (old.replacedBy !== null) await this.#end(old.replacedBy);
    const created = await this.#create(old, old.id);
    const lastMs = clock.nowMs() + apiBounds.rotatedTokenMinutes * 60_000;
    const expiresAtMs = Math.min(old.expiresAtMs ?? lastMs, lastMs);
    await store.putKey({ ...old, expiresAtMs, replacedBy: created.record.id });
    this.forget(old.id);
    return created;
  }

  /**
   * Makes a secret key in the place of another, which holds for so long yet. Undefined where there is no such secret key, or where it
   * has ended.
   */
  async replace(
    keyId: string,
    graceSeconds: number,
  ): Promise<{ record: KeyRecord; secret: string } | undefined> {
    const { store, clock } = this.#options;
    const old = await store.readKey(keyId);
    const nowMs = clock.nowMs();
    if (old?.kind !== 'secret' || (old.expiresAtMs !== null && old.expiresAtMs <= nowMs)) return undefined;
    // A command on the database of a live server runs in test mode where nobody says otherwise.
    const mode = modeOf(old.prefix) === 'live' ? 'live' : this.#options.mode;
    const created = await this.#create({ ...old, mode }, null);
    const lastMs = nowMs + graceSeconds * 1_000;
    await store.putKey({ ...old, expiresAtMs: Math.min(old.expiresAtMs ?? lastMs, lastMs) });
    this.forget(old.id);
    return created;
  }

  /**
   * False where there was no such key. It is refused from the next request on, and so are the key that it was rotated from or to.
   */
  async revoke(keyId: string): Promise<boolean> {
    const key = await this.#options.store.readKey(keyId);
    for (const other of [key?.replaces, key?.replacedBy])
      if (typeof other === 'string') await this.#end(other);
    return this.#end(keyId);
  }

  async #end(keyId: string): Promise<boolean> {
    const deleted = await this.#options.store.deleteKey(keyId);
    this.forget(keyId);
    return deleted;
  }

  #configuredActor(secret: string): AuditRecord['actor'] {
    const { operator } = this.#options;
    if (operator !== undefined) return { kind: 'command_line', keyId: null, name: operator };
    const [, prefix = ''] = /^(sk_(?:test|live)_.{4})/.exec(secret) ?? [];
    return { kind: 'secret_key', keyId: null, name: prefix };
  }

  /** Forgets a key that another process revoked. */
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
    const hash = await this.#hash(secret);
    for (const text of configured)
      if ((await this.#hash(text)) === hash)
        return {
          caller: {
            kind: 'secret_key',
            language: null,
            expiresAtMs: null,
            actor: this.#configuredActor(text),
          },
          keyId: null,
          trustedUntilMs: Number.POSITIVE_INFINITY,
        };
    const record = await store.findKeyByHash(hash);
    const isOfOtherMode =
      this.#options.mode === 'live' && record !== undefined && modeOf(record.prefix) === 'test';
    if (record === undefined || isOfOtherMode) {
      this.#known.delete(secret);
      throw new AppError('invalid_credentials', this.#whyUnknown(secret));
    }
    if (record.kind === 'secret')
      return {
        caller: {
          kind: 'secret_key',
          language: null,
          expiresAtMs: record.expiresAtMs,
          actor: { kind: 'secret_key', keyId: record.id, name: record.prefix },
        },
        keyId: record.id,
        trustedUntilMs,
      };
    const renewed = await this.#renew(record.replaces === null ? record : await this.#takeOver(record));
    if (renewed.accountId === null || renewed.memberId === null || renewed.expiresAtMs === null)
      throw new AppError('invalid_credentials', 'The key names no member');
    const { accountId, memberId, expiresAtMs, id } = renewed;
    return {
      caller: {
        kind: 'extension',
        keyId: id,
        accountId,
        memberId,
        narrowTo: renewed.narrowTo,
        language: null,
        issuedAtMs: renewed.createdAtMs,
        expiresAtMs,
      },
      keyId: id,
      trustedUntilMs,
    };
  }

  /** By its first letters alone, so that the answer tells nothing about which keys exist. */
  #whyUnknown(secret: string): string {
    const { mode } = this.#options;
    const keyMode = modeOf(secret);
    if (keyMode === 'test' && mode === 'live')
      return 'This is a test key, and this server is live: send a key that begins with sk_live_';
    if (keyMode === 'live' && mode === 'test')
      return 'The key is unknown or was revoked. It is a live key, and this server is in test mode';
    return 'The key is unknown or was revoked';
  }

  /** The first use of a rotated key shows that its answer arrived; the old one is needed no more. */
  async #takeOver(record: KeyRecord): Promise<KeyRecord> {
    const alone = { ...record, replaces: null };
    await this.#options.store.putKey(alone);
    if (record.replaces !== null) await this.#end(record.replaces);
    return alone;
  }

  async #renew(record: KeyRecord): Promise<KeyRecord> {
    const nowMs = this.#options.clock.nowMs();
    const fullMs = nowMs + apiBounds.extensionKeyDays * msPerDay;
    const { expiresAtMs, replacedBy } = record;
    if (
      this.#options.isReadOnly === true ||
      expiresAtMs === null ||
      replacedBy !== null ||
      expiresAtMs <= nowMs ||
      fullMs - expiresAtMs < renewalStepMs
    )
      return record;
    const renewed = { ...record, expiresAtMs: fullMs };
    await this.#options.store.putKey(renewed);
    return renewed;
  }
}

/** 256 random bits in base64url. */
export function randomText(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** As 64 hex digits. */
export async function sha256(text: string): Promise<string> {
  return toHex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}

/** The mode that a secret key names by its first letters; null of any other text. */
function modeOf(secretKey: string): 'test' | 'live' | null {
  if (secretKey.startsWith('sk_test_')) return 'test';
  return secretKey.startsWith('sk_live_') ? 'live' : null;
}

import type { Role } from '../members/members.ts';
import type { Instant } from '../values/amount.ts';

/** Body of `POST /v1/tokens`, called by the host's backend with its secret key. */
export interface TokenRequest {
  accountId: string;
  /** The signed-in member; left out for a public visitor. */
  memberId?: string;
  /** Seconds until the token ends, 60 to 3,600; 900 by default. */
  lifetimeSeconds?: number;
  /** Narrows what the member's role allows; it can never widen it. */
  narrowTo?: Role;
  /** Of the catalog's `translations`, the one that answers are in: a tag of BCP 47 such as `de`. The catalog's own texts by default. */
  language?: string;
}

/** A signed token for a browser. Role and permissions are read from the member at each request, not from the token. */
export interface Token {
  token: string;
  expiresAt: Instant;
}

/** Whether a key is the host's own or one that an extension was connected with. */
export type KeyKind = 'secret' | 'extension';

/** Body of `POST /v1/keys`. */
export interface KeyRequest {
  kind: KeyKind;
  /** The key's purpose, as shown in lists. */
  label?: string;
  /** Extension keys only: whose figures may be read. */
  accountId?: string;
  memberId?: string;
}

/** Body of `POST /v1/keys/{keyId}/rotate`. */
export interface KeyRotation {
  /** How long the old key still holds, in seconds, 0 to `apiBounds.keyGraceSecondsMax`; a day by default. */
  graceSeconds?: number;
}

/** A key without its secret. Only a hash of the secret is stored. */
export interface Key {
  id: string;
  kind: KeyKind;
  label: string;
  /** The first characters of the secret, to tell keys apart. */
  prefix: string;
  accountId: string | null;
  memberId: string | null;
  createdAt: Instant;
  /** Extension keys end 90 days after their last use; secret keys when revoked, or some time after they were rotated. */
  expiresAt: Instant | null;
}

/** The answer to `POST /v1/keys`; the only time the secret is shown. */
export interface CreatedKey extends Key {
  secret: string;
}

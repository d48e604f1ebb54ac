import type { CatalogConfig } from '../contract/catalog/catalog.ts';
import type { KeyKind } from '../contract/keys/keys.ts';
import type { Role } from '../contract/members/members.ts';
import type { AuditActor, AuditEntry } from '../contract/operations/operations.ts';
import type { RetiredEntries } from '../domain/catalog/retired.ts';
import type { ErasedRows, Erasing, ErasureSubject } from '../domain/erasures/state.ts';
import type { NoticeType } from '../domain/notices/state.ts';

/** A key as stored: never the secret, only its SHA-256 as 64 hex digits. */
export interface KeyRecord {
  readonly id: string;
  readonly kind: KeyKind;
  readonly label: string;
  readonly prefix: string;
  readonly secretHash: string;
  readonly accountId: string | null;
  readonly memberId: string | null;
  readonly createdAtMs: number;
  readonly expiresAtMs: number | null;
  /** The scope of an extension's key; null if it reads everything that its member may read. */
  readonly narrowTo: Role | null;
  /** Where the extension asked from that was paired; null for a key that was made otherwise. */
  readonly origin: string | null;
  /** The key that this one was rotated from, while that one still reads. */
  readonly replaces: string | null;
  /** The key that this one was rotated to. It is renewed no more. */
  readonly replacedBy: string | null;
}

/** Lists the keys of one member, or of all members if none is named. */
export interface KeyOwner {
  readonly accountId: string;
  readonly memberId: string | null;
}

/** One of the two codes by which a pairing is found. */
export type PairingCode = { readonly deviceCodeHash: string } | { readonly userCode: string };

/** A browser that asks to be connected (RFC 8628), until its token is fetched or its time is over. */
export interface PairingRecord {
  readonly id: string;
  /** SHA-256 of the device code, as 64 hex digits. */
  readonly deviceCodeHash: string;
  /** Eight letters. */
  readonly userCode: string;
  readonly challenge: string;
  readonly browser: string;
  readonly origin: string | null;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly intervalSeconds: number;
  /** When its token was asked for last. */
  readonly polledAtMs: number | null;
  readonly decision: PairingDecision | null;
  /** Grows with each change, from 1. */
  readonly revision: number;
}

export interface PairingDecision {
  readonly outcome: 'approved' | 'denied';
  readonly accountId: string;
  readonly memberId: string;
  readonly narrowTo: Role | null;
}

/** Where webhooks are sent to. */
export interface WebhookEndpointRecord {
  readonly id: string;
  readonly url: string;
  /** Null for all. */
  readonly types: readonly NoticeType[] | null;
  readonly label: string;
  /** The present secret first; a rotated one follows until it expires. */
  readonly secrets: readonly WebhookSecret[];
  readonly createdAtMs: number;
}

export interface WebhookSecret {
  /** `whsec_` and base64. */
  readonly secret: string;
  /** Half-open; null for the present one. */
  readonly endsAtMs: number | null;
}

export interface ClockRecord {
  readonly id: string;
  readonly nowMs: number;
}

export interface CatalogRecord {
  readonly version: number;
  readonly config: CatalogConfig;
  /** What earlier versions sold and this one does not. */
  readonly retired: RetiredEntries;
  readonly createdAtMs: number;
  /** Of the latest that can be read: the newest version there is, where that one cannot be. */
  readonly passedOver?: { readonly version: number; readonly reason: string };
}

/** One change of keys, of the catalog, or of money by hand; see `AuditEntry`. */
export interface AuditRecord {
  /** Sorts by time. */
  readonly id: string;
  readonly atMs: number;
  readonly actor: {
    readonly kind: AuditActor['kind'];
    readonly keyId: string | null;
    readonly name: string;
  };
  readonly action: string;
  readonly accountId: string | null;
  readonly details: Readonly<Record<string, string>>;
  readonly requestId: string | null;
  readonly address: string | null;
  readonly outcome: AuditEntry['outcome'];
}

/** An erasure, from its order to its proof. Once it is done nothing of it says any more whom it erased. */
export interface ErasureRecord {
  readonly id: string;
  readonly subject: ErasureSubject;
  /** The account; of an account that is erased its pseudonym. */
  readonly accountId: string;
  /** The member's pseudonym; null where the account is erased. */
  readonly memberId: string | null;
  /** Tells the same request again: 128 bits of its idempotency key, address and body, as 32 hex digits. */
  readonly requestHash: string;
  readonly actor: AuditRecord['actor'];
  readonly requestedAtMs: number;
  /** Null while it is under way. */
  readonly doneAtMs: number | null;
  readonly rows: readonly ErasedRows[];
  /** Whether bytes of what was erased may lie in unused parts of the database's files; null while it is under way. */
  readonly traces: ErasedTraces | null;
  /** Whom it erases; null once nothing that is kept names them. */
  readonly order: ErasureOrder | null;
}

export interface ErasureOrder {
  /** The account as it was called. */
  readonly accountId: string;
  readonly erasing: Erasing;
  /** Whether the account bears the mark: from then on nothing new names whom it erases. */
  readonly isMarked: boolean;
}

/**
 * `none`: unused bytes are overwritten. `unused_space`: the database writes over them in time, or when it is rewritten by hand.
 */
export type ErasedTraces = 'none' | 'unused_space';

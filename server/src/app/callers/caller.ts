import type { CallerKind } from '../../contract/keys/caller-kinds.ts';
import type { Role } from '../../contract/members/members.ts';
import type { AuditRecord } from '../../store/installation-records.ts';

export type { CallerKind };

/** Who is calling, as its credentials say; what it may see is decided from the member at each request. */
export type Caller = SecretKeyCaller | MemberCaller | VisitorCaller | ExtensionCaller;

/** The host's backend: it sees and does everything. */
export interface SecretKeyCaller {
  readonly kind: 'secret_key';
  /** Set once the key was rotated. */
  readonly expiresAtMs: number | null;
  /** As the audit names it. */
  readonly actor: AuditRecord['actor'];
}

/** A member in a browser, with a signed token. */
export interface MemberCaller {
  readonly kind: 'member';
  readonly accountId: string;
  readonly memberId: string;
  readonly narrowTo: Role | null;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

/** Somebody who is no member: a token without one. */
export interface VisitorCaller {
  readonly kind: 'visitor';
  readonly accountId: string;
  readonly expiresAtMs: number;
}

/** A member's browser extension, with a key that may only read. */
export interface ExtensionCaller {
  readonly kind: 'extension';
  readonly keyId: string;
  readonly accountId: string;
  readonly memberId: string;
  /** The scope given to the member's token when it was paired. */
  readonly narrowTo: Role | null;
  /** When the key was made. */
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

import type { CallerKind } from '../../contract/keys/caller-kinds.ts';
import type { Role } from '../../contract/members/members.ts';
import type { AuditRecord } from '../../store/installation-records.ts';

export type { CallerKind };

/** Who is calling, as its credentials say; what it may see is decided from the member at each request. */
export type Caller = SecretKeyCaller | MemberCaller | VisitorCaller | ExtensionCaller;

/** Somebody who is shown the catalog's texts. */
interface Reader {
  /** The language to show them in (BCP 47); null for the catalog's own. */
  readonly language: string | null;
}

/** The host's backend: it sees and does everything. */
export interface SecretKeyCaller extends Reader {
  readonly kind: 'secret_key';
  /** Set once the key was rotated. */
  readonly expiresAtMs: number | null;
  /** As the audit names it. */
  readonly actor: AuditRecord['actor'];
}

/** A member in a browser, with a signed token. */
export interface MemberCaller extends Reader {
  readonly kind: 'member';
  readonly accountId: string;
  readonly memberId: string;
  readonly narrowTo: Role | null;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

/** Somebody who is no member: a token without one. */
export interface VisitorCaller extends Reader {
  readonly kind: 'visitor';
  readonly accountId: string;
  readonly expiresAtMs: number;
}

/** A member's browser extension, with a key that may only read. */
export interface ExtensionCaller extends Reader {
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

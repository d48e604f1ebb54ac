import type { RefusalFigures } from '../../domain/decision.ts';
import type { RefusedRequest } from '../../domain/diagnosis/causes.ts';

/** Bounds: refusals kept of each account, and accounts kept; the latest stay. */
const keptPerAccount = 5;
const accountsMax = 10_000;
/** So many members are remembered with their last refusal, of whatever accounts. */
const membersMax = 10_000;

/** The member's last refusal. */
export interface MemberRefusal extends Pick<RefusalFigures, 'reason' | 'metric'> {
  /** By the account's clock. */
  readonly atMs: number;
  /** By the machine's clock, which runs on where a test clock stands still. */
  readonly recordedAtMs: number;
}

/**
 * The gate's recent refusals, for diagnoses and for the extension. They are kept in this process's memory: a refusal changes
 * nothing and is not written, so a restart forgets them and each process knows only its own.
 */
export class RecentRefusals {
  readonly #byAccount = new Map<string, readonly RefusedRequest[]>();
  readonly #byMember = new Map<string, MemberRefusal>();

  record(accountId: string, refused: RefusedRequest): void {
    const before = this.#byAccount.get(accountId) ?? [];
    setLatest(this.#byAccount, accountId, [refused, ...before].slice(0, keptPerAccount), accountsMax);
  }

  recordOfMember(accountId: string, memberId: string, refused: MemberRefusal): void {
    setLatest(this.#byMember, memberKey(accountId, memberId), refused, membersMax);
  }

  /** Forgets what the account's gate refused, and to whom. */
  forget(accountId: string): void {
    this.#byAccount.delete(accountId);
    const prefix = JSON.stringify([accountId]).slice(0, -1);
    for (const key of this.#byMember.keys()) if (key.startsWith(`${prefix},`)) this.#byMember.delete(key);
  }

  /** Newest first. */
  of(accountId: string): readonly RefusedRequest[] {
    return this.#byAccount.get(accountId) ?? [];
  }

  ofMember(accountId: string, memberId: string): MemberRefusal | undefined {
    return this.#byMember.get(memberKey(accountId, memberId));
  }
}

function memberKey(accountId: string, memberId: string): string {
  return JSON.stringify([accountId, memberId]);
}

/** Sets an entry as the latest, which leaves last, and forgets the oldest where there are too many. */
function setLatest<Value>(map: Map<string, Value>, key: string, value: Value, entriesMax: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= entriesMax) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}

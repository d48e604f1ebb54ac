import type { PageQuery } from '../http/page.ts';
import type { DecimalString, Instant } from '../values/amount.ts';
import type { SeriesDimension } from './usage.ts';

/**
 * Query of `GET /v1/accounts/{id}/uses`: the uses behind one figure of a series, oldest first. Their quantities sum to the figure.
 * A page may have fewer uses than asked for, or none, and still have a next one.
 */
export interface UsesQuery extends PageQuery {
  /** A metric id, or `credits` for spent credits. */
  metric: string;
  /** Inclusive. */
  from: Instant;
  /** Exclusive; the present by default. */
  to?: Instant;
  /** The dimension of `value` and `except`. */
  groupBy?: SeriesDimension;
  /** A value of the dimension; empty for use without a value. */
  value?: string;
  /** Values that are left out, with `~` between them, for the figure of all others; an empty one is that of `value`. */
  except?: string;
  /** Uses of one task. */
  taskId?: string;
  /** Uses of one member; everybody's by default, or the caller's own where the caller may see no other. */
  memberId?: string;
}

/** One use that is part of a figure. */
export interface Use {
  /** Takes `GET /v1/accounts/{id}/explain/{entryId}` to its lines. */
  id: string;
  at: Instant;
  /** The part of the figure; negative where a use was taken back. */
  quantity: DecimalString;
  taskId: string | null;
  /** Null where it belongs to no task, or the caller may not see the task. */
  taskName: string | null;
  agentId: string | null;
  memberId: string | null;
  /** The member's name; absent where there is no member, or no name. */
  memberName?: string;
  projectId: string | null;
  apiKeyId: string | null;
}

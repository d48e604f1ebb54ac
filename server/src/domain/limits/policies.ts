import type { LimitPolicy } from '../../contract/limits/limits.ts';
import { softLimitPercent } from '../../contract/usage/levels.ts';

/** The rules of a limit's policy. */
export interface PolicyMeaning {
  /** The gate refuses use that would exceed this percentage of the allowance; null if it never refuses. */
  readonly refusesAtPercent: bigint | null;
  /** Whether the plan has to say how much is included, may say it, or must not. */
  readonly included: 'needed' | 'optional' | 'none';
  /** Whether what lies beyond is paid for, at a price of its own. */
  readonly chargesBeyond: boolean;
  /** Whether the metric is part of what the plan offers, and not measured alone. */
  readonly offered: boolean;
}

/** Every policy. A new one does not compile until it is said here what it means; all rules read it here. */
export const policies: Readonly<Record<LimitPolicy, PolicyMeaning>> = {
  hard: { refusesAtPercent: 100n, included: 'needed', chargesBeyond: false, offered: true },
  soft: {
    refusesAtPercent: BigInt(softLimitPercent),
    included: 'needed',
    chargesBeyond: false,
    offered: true,
  },
  overage: { refusesAtPercent: null, included: 'needed', chargesBeyond: true, offered: true },
  unlimited: { refusesAtPercent: null, included: 'none', chargesBeyond: false, offered: true },
  observe: { refusesAtPercent: null, included: 'optional', chargesBeyond: false, offered: false },
};

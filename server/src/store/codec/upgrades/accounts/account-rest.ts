import { nothingBilled } from '../../../../domain/invoices/state.ts';
import { nothingOutsideCounters } from '../../../../domain/usage/state.ts';
import { recordStep, type UpgradeStep } from '../../stored-format.ts';

/**
 * Version 1 was written while these fields came one after another, so each may be missing. The number of members has no default
 * that is right: the store reads the members' rows too (`membersSql`).
 */
const to2: UpgradeStep = recordStep((fields) => ({
  earlierCycles: [],
  paidDebts: [],
  ...fields,
  topUp: { creditsThisCycle: 0n, ...(fields.topUp as object) },
}));

/** Until version 3 nothing added up what no counter counts. */
const to3: UpgradeStep = recordStep((fields) => ({ outsideCounters: nothingOutsideCounters, ...fields }));

/** Version 4 holds the allocations of members. For older bodies they are read from the members' rows (`membersSql`). */
const to4: UpgradeStep = (parts) => parts;

/** The last version for which the members' rows have to be read too. */
export const accountVersionWithoutAllocations = 3;

/** Until version 5 the ledger alone told whether the baseline was given; it is looked up there once a catalog has one. */
const to5: UpgradeStep = recordStep((fields) => ({ ...fields, baselineGiven: null }));

/** Until version 6 there were no windows of time. */
const to6: UpgradeStep = recordStep((fields) => ({ memberWindows: {}, ...fields }));

/** Until version 7 there were no invoices. */
const to7: UpgradeStep = recordStep((fields) => ({ ...fields, billing: nothingBilled }));

/** Until version 8 nothing was kept of what an invoice pays of an earlier cycle. */
const to8: UpgradeStep = recordStep((fields) => ({
  ...fields,
  earlierCycles: (fields.earlierCycles as readonly object[]).map((cycle) => ({ invoiced: {}, ...cycle })),
}));

/** Until version 9 no allowance went on into the next cycle. */
const to9: UpgradeStep = recordStep((fields) => ({
  ...fields,
  earlierCycles: (fields.earlierCycles as readonly object[]).map((cycle) => ({ carried: {}, ...cycle })),
}));

/** Until version 10 no use was kept without a price. */
const to10: UpgradeStep = recordStep((fields) => ({ ...fields, unpriced: null }));

/** Until version 11 it was not kept from when an earlier cycle was invoiced, nor for how many units a rate is. */
const to11: UpgradeStep = recordStep((fields) => {
  const { earlierCycles, subscription, ...others } = fields as {
    readonly earlierCycles: readonly { readonly startsAtMs: number }[];
    readonly subscription: { readonly billables: readonly object[] } | undefined;
  };
  return {
    ...others,
    earlierCycles: earlierCycles.map((cycle) => ({ invoicedFromMs: cycle.startsAtMs, ...cycle })),
    ...(subscription === undefined
      ? {}
      : {
          subscription: {
            ...subscription,
            billables: subscription.billables.map((fact) => ({ meteredRate: null, ...fact })),
          },
        }),
  };
});

/** Until version 12 nothing was kept of units that came to less than the smallest part of the currency. */
const to12: UpgradeStep = recordStep((fields) => ({
  ...fields,
  billing: { unbilled: {}, ...(fields.billing as object) },
}));

/** Until version 13 the terms of an ended cycle were not kept, nor the parts that a change of plan ended. */
const to13: UpgradeStep = recordStep((fields) => ({
  ...fields,
  earlierCycles: (fields.earlierCycles as readonly { readonly startsAtMs: number }[]).map((cycle) => ({
    cycleStartsAtMs: cycle.startsAtMs,
    goesOn: false,
    terms: null,
    ...cycle,
  })),
}));

/** Until version 14 only a change of plan waited for its payment, and did not say so. */
const to14: UpgradeStep = recordStep((fields) => {
  const { pendingChange, ...billing } = fields.billing as {
    readonly pendingChange: { readonly change: object } | null;
  };
  return {
    ...fields,
    billing: {
      ...billing,
      pendingChange:
        pendingChange === null
          ? null
          : { ...pendingChange, change: { kind: 'change_plan', ...pendingChange.change } },
    },
  };
});

/** Every field of an account's state that has no part of its own. */
export const accountRestUpgrades: readonly UpgradeStep[] = [
  to2,
  to3,
  to4,
  to5,
  to6,
  to7,
  to8,
  to9,
  to10,
  to11,
  to12,
  to13,
  to14,
];

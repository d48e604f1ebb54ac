import type { UpgradeStep } from '../../stored-format.ts';

/** Version 1 kept a gauge's value alone, without the changes that made it since it was set. */
const to2: UpgradeStep = ([startsAtMs, endsAtMs, index, counters, gauges, ...others]) => [
  startsAtMs,
  endsAtMs,
  index,
  counters,
  (gauges as [metric: string, gauge: [value: unknown, setAtMs: unknown]][]).map(
    ([metric, [value, setAtMs]]) => [metric, [value, setAtMs, value, []]],
  ),
  ...others,
];

/** Version 2 knew no windows of time. */
const to3: UpgradeStep = (parts) => [...parts, []];

/** Until version 4 nothing was kept of what the invoice pays; amounts are a list of pairs. */
const to4: UpgradeStep = (parts) => [...parts, []];

/** Until version 5 no allowance went on into the next cycle. */
const to5: UpgradeStep = (parts) => [...parts, []];

/** Until version 6 it was not kept from when the invoice pays: from the cycle's start, which comes first. */
const to6: UpgradeStep = (parts) => [...parts, parts[0]];

export const cycleUsageUpgrades: readonly UpgradeStep[] = [to2, to3, to4, to5, to6];

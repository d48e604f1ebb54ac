import type { UpgradeStep } from '../../stored-format.ts';

/** Until version 2 a hold was settled by the prices of the day. */
const to2: UpgradeStep = ([holds]) => [(holds as unknown[][]).map((hold) => [...hold, null])];

/** Until version 3 no plan had a markup on what models cost. */
const to3: UpgradeStep = ([holds]) => [(holds as unknown[][]).map((hold) => [...hold, 1_000_000])];

/** Until version 4 the API key of a hold was not kept. The dimensions are the eighth part. */
const to4: UpgradeStep = ([holds]) => [
  (holds as unknown[][]).map((hold) => hold.with(7, [...(hold[7] as unknown[]), 0])),
];

export const openHoldsUpgrades: readonly UpgradeStep[] = [to2, to3, to4];

import type { UpgradeStep } from '../stored-format.ts';

/** Until version 2 a hold was settled by the prices of the day. */
const to2: UpgradeStep = ([holds]) => [(holds as unknown[][]).map((hold) => [...hold, null])];

export const openHoldsUpgrades: readonly UpgradeStep[] = [to2];

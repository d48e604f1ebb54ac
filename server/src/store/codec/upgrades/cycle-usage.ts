import type { UpgradeStep } from '../stored-format.ts';

export const cycleUsageUpgrades: readonly UpgradeStep[] = [];

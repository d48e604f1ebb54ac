import type { UpgradeStep } from '../stored-format.ts';

export const usageUpgrades: readonly UpgradeStep[] = [];

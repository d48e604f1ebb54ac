import type { UpgradeStep } from '../stored-format.ts';

export const openHoldsUpgrades: readonly UpgradeStep[] = [];

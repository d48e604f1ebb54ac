import type { UpgradeStep } from '../stored-format.ts';

export const memberUpgrades: readonly UpgradeStep[] = [];

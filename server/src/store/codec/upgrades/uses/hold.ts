import type { UpgradeStep } from '../../stored-format.ts';

export const holdUpgrades: readonly UpgradeStep[] = [];

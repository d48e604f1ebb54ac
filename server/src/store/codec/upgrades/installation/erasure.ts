import type { UpgradeStep } from '../../stored-format.ts';

export const erasureUpgrades: readonly UpgradeStep[] = [];

import type { UpgradeStep } from '../stored-format.ts';

export const purchaseUpgrades: readonly UpgradeStep[] = [];

import type { UpgradeStep } from '../stored-format.ts';

export const invoiceUpgrades: readonly UpgradeStep[] = [];

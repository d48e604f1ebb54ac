import type { UpgradeStep } from '../stored-format.ts';

/** Version 1 had no records that take others back. */
const to2: UpgradeStep = (parts) => [...parts, 0];

export const usageUpgrades: readonly UpgradeStep[] = [to2];

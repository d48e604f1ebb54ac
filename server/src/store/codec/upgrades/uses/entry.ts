import type { UpgradeStep } from '../../stored-format.ts';

/** Version 1 did not say what the grant was that an entry added. */
const to2: UpgradeStep = (parts) => [...parts, 0];

export const entryUpgrades: readonly UpgradeStep[] = [to2];

import type { UpgradeStep } from '../../stored-format.ts';

/** Until version 2 each line was rounded by itself, and nothing was carried. */
const to2: UpgradeStep = (parts) => [...parts, []];

export const walletUpgrades: readonly UpgradeStep[] = [to2];

import type { UpgradeStep } from '../../stored-format.ts';

/** Until version 2 no notice told of a dispute. */
const to2: UpgradeStep = (parts) => parts;

export const noticeUpgrades: readonly UpgradeStep[] = [to2];

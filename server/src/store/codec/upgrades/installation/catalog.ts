import { recordStep, type UpgradeStep } from '../../stored-format.ts';

/** Until version 2 nothing was retired: what a catalog did not name any more was gone. */
const to2: UpgradeStep = recordStep((config) => ({ config, retired: {} }));

export const catalogUpgrades: readonly UpgradeStep[] = [to2];

import { recordStep, type UpgradeStep } from '../../stored-format.ts';

/** Until version 2 lines had their sentence alone; there are no fields to be had of it. */
const to2: UpgradeStep = recordStep((fields) => ({ ...fields, event: null }));

/** Until version 3 nothing was told of disputes, and of refunds that came back. */
const to3: UpgradeStep = (parts) => parts;

export const activityUpgrades: readonly UpgradeStep[] = [to2, to3];

import type { UpgradeStep } from '../stored-format.ts';

/** Version 1 knew no members who were removed; a program that reads it would let their tokens in. */
const to2: UpgradeStep = (parts) => parts;

export const memberUpgrades: readonly UpgradeStep[] = [to2];

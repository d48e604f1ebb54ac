import { recordStep, type UpgradeStep } from '../../stored-format.ts';

/** Version 1 knew no members who were removed; a program that reads it would let their tokens in. */
const to2: UpgradeStep = (parts) => parts;

/** Until version 3 there were no seats. */
const to3: UpgradeStep = recordStep((fields) => ({ seatType: null, ...fields }));

export const memberUpgrades: readonly UpgradeStep[] = [to2, to3];

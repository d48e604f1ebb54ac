import type { OwnKey } from '../../../contract/own-keys/own-keys.ts';
import type { AccountState } from '../../../domain/state.ts';

export function ownKeyViews({ profile }: AccountState): OwnKey[] {
  return Object.entries(profile.ownKeys).map(([provider, { label, lastFour }]) => ({
    provider,
    label,
    lastFour,
  }));
}

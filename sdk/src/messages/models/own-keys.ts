/** Texts of OwnKeys. */
export const ownKeysMessages = {
  what: 'list of your own keys',
  title: 'Your own keys',
  whoMay: 'Only members who manage this account can see and change them.',
  emptyTitle: 'No provider takes your own key',
  emptyDetail: 'The models of your plan are billed here.',
  yours: 'Your key',
  billedHere: 'Billed here',
  key: (label: string, lastFour: string) => `${label}, ending in ${lastFour}`,
  models: (names: string) => `Models: ${names}`,
  others: (count: string) => `${count} more`,
  covers: (feature: string) => `Also for ${feature}.`,
  needs: (feature: string, provider: string) => `For ${feature} only a key of ${provider} counts.`,
  /** The account has a key, but of another provider. */
  otherKey: (feature: string, provider: string) =>
    `Only a key of ${provider} counts for ${feature}. Another provider's key leaves it billed here.`,
  add: 'Add key',
  addOf: (provider: string) => `Add key of ${provider}`,
  remove: 'Remove',
  removeOf: (provider: string) => `Remove your key of ${provider}`,
  removal: (provider: string) =>
    `Your key stops being used at once. From then on, what you use of ${provider} is billed here again, at the prices of your plan.`,
  keep: 'Keep the key',
  confirmRemoval: 'Remove, and be billed here',
  removing: 'Removing',
  failed: 'The key could not be removed. Try again.',
};

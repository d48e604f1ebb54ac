import type { Instant, ModelList, OwnKey } from '@usagekit/server/contract';

/** A provider of models, and the account's own key at it. */
export interface KeyProvider {
  /** Its id in the catalog. */
  provider: string;
  /** Labels of its models that the plan lets one choose, in the catalog's order; none where the catalog keeps them back. */
  models: string[];
  /** The account's own key; null while the platform bills its models. */
  key: Omit<OwnKey, 'provider'> | null;
}

/** The providers at which own keys may be used. */
export interface KeyProviders {
  /** In the order of their first models; then those of whose models nothing is known. */
  items: KeyProvider[];
  /** When the models were read. */
  asOf: Instant;
  /** The account's zone. */
  timeZone?: string | undefined;
}

/** Brings models and own keys together by provider. */
export function keyProvidersOf({ items, asOf, timeZone }: ModelList, keys: OwnKey[]): KeyProviders {
  const byProvider = new Map<string, KeyProvider>();
  const providerOf = (provider: string) => {
    const known = byProvider.get(provider) ?? { provider, models: [], key: null };
    byProvider.set(provider, known);
    return known;
  };
  for (const { provider, label, available } of items)
    if (available && provider !== null) providerOf(provider).models.push(label);
  for (const { provider, label, lastFour } of keys) providerOf(provider).key = { label, lastFour };
  return { items: [...byProvider.values()], asOf, timeZone };
}

import type { UsageSeries } from '@usagekit/server/contract';
import { type Share, topShares } from '../../derive/usage/top-shares.ts';
import type { Format } from '../../format/create-format.ts';
import type { Messages } from '../../messages/messages.ts';

/** The shares of a series by dimension, each with the name under which it is shown. */
export function namedShares(
  { groups, groupBy }: Pick<UsageSeries, 'groups' | 'groupBy'>,
  format: Format,
  messages: Messages['chart'],
): Share[] {
  const shares = topShares(groups, (count) => messages.rest(count, format.number(count)));
  return shares.map((share) =>
    share.restCount ? share : { ...share, label: nameOfValue(share.value, share.label, groupBy, messages) },
  );
}

/** The name of a dimension's value: the host's own, or the kit's where there is no value or where it is a kind. */
export function nameOfValue(
  value: string | null,
  label: string | null,
  groupBy: UsageSeries['groupBy'],
  messages: Messages['chart'],
): string {
  if (!value) return messages.unnamed(messages.tabs[groupBy ?? 'day']);
  if (groupBy === 'lineItem' && value in messages.lineItems)
    return messages.lineItems[value as keyof typeof messages.lineItems];
  return label || value;
}

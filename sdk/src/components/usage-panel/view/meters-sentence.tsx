'use client';
import type { Usage } from '@usagekit/server/contract';
import { usagePanelExtrasMessages } from '../../../messages/usage/usage-panel-extras.ts';
import { useMessages } from '../../../messages/use-messages.ts';

export interface MetersSentenceProps {
  usage: Usage;
  /** BCP 47. Given, as is all that the panel has the code of before this is loaded. */
  locale: string;
}

/** How the meters stand, where there is no budget to tell of. Renders a `p`. Reads messages. */
export function MetersSentence({ usage: { groups, windows }, locale }: MetersSentenceProps) {
  const messages = useMessages('usagePanel', usagePanelExtrasMessages);
  const meters = [...windows, ...groups.flatMap((group) => group.meters)];
  const close = meters.filter(({ level }) => /^(warning|high|over)$/.test(level));
  const names = () => new Intl.ListFormat(locale).format(close.map(({ label }) => label));
  return (
    <p className="uk-text uk-usage-sentence">
      {close.length === 0 ? messages.metersFine : messages.metersAttention(close.length, names())}
    </p>
  );
}

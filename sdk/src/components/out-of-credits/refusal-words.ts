import type { Refusal } from '@usagekit/server/contract';
import type { Format } from '../../format/create-format.ts';
import type { Messages } from '../../messages/messages.ts';

/** Why a use was refused, in one sentence with the figures that the reader may see. */
export function refusalWords(refusal: Refusal, messages: Messages['outOfCredits'], format: Format): string {
  const { detail } = messages;
  const { reason, metric, limit, unit, window, pausedFor } = refusal;
  const label = refusal.label ?? metric ?? '';
  const edge = limit && unit && format.amount(limit, unit).text;
  if (reason === 'window_limit_reached') return detail[reason](label, window?.label ?? '', edge);
  if (reason === 'metric_paused') return detail[reason](pausedFor);
  return detail[reason](label, edge);
}

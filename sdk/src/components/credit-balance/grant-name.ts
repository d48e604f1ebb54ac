import type { Grant } from '@usagekit/server/contract';
import type { Messages } from '../../messages/messages.ts';

/** What a grant is called: by the host, by its plan, or by what it comes of. */
export function grantName(
  { label, source, planName, carriedOver }: Pick<Grant, 'label' | 'source' | 'planName' | 'carriedOver'>,
  messages: Messages['grants'],
): string {
  if (label) return label;
  if (planName === undefined) return messages.source[source];
  return carriedOver ? messages.carriedOver(planName) : messages.ofPlan(planName);
}

'use client';
import type { CreditUnit, ExplainedLine, Explanation } from '@usagekit/server/contract';
import { signOf } from '../../../derive/decimal.ts';
import type { Format } from '../../../format/create-format.ts';
import { useExplanation } from '../../../hooks/credits/use-explanation.ts';
import type { Messages } from '../../../messages/messages.ts';
import { modelPickerMessages } from '../../../messages/model-picker.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { Skeleton } from '../../parts/widget/skeleton.tsx';
import { ErrorState, NotPermittedState } from '../../states/error-state.tsx';

export interface UseExplanationProps {
  useId: string;
  accountId?: string | undefined;
  format: Format;
  messages: Messages['uses'];
}

/** How a charge came about, in words: each line with its rate, and the grants that paid. Renders a `div`. Reads the explanation, and messages. */
export function UseExplanation({ useId, accountId, format, messages }: UseExplanationProps) {
  const { data, status, error, refresh } = useExplanation(useId, { accountId });
  const { uses: kinds } = useMessages('modelPicker', modelPickerMessages);
  if (status === 'not_permitted') return <NotPermittedState what={messages.what} error={error} />;
  if (!data) {
    if (error) return <ErrorState what={messages.what} error={error} onRetry={refresh} />;
    return <Skeleton height={48} />;
  }
  return (
    <div className="uk-use-explained" dir="auto">
      {sentencesOf(data, format, messages, kinds).map((sentence) => (
        <p key={sentence} className="uk-text">
          {sentence}
        </p>
      ))}
    </div>
  );
}

function sentencesOf(
  { usage, grants, takenBack }: Explanation,
  format: Format,
  messages: Messages['uses'],
  kinds: Messages['modelPicker']['uses'],
): string[] {
  if (!usage) return [messages.free];
  const amount = (value: string) => format.amount(value, usage.unit).exact;
  const sentences = usage.lines.map((line) => lineSentence(line, usage.unit, format, messages, kinds));
  const cost = signOf(usage.charge) !== 0;
  if (!cost) sentences.push(messages.free);
  else if (grants.length === 0) sentences.push(messages.owed);
  for (const grant of grants)
    sentences.push(messages.paidBy(amount(grant.amount), grant.label ?? messages.endedGrant));
  if (takenBack) sentences.push(messages.takenBack(format.date(takenBack.at), takenBack.reason));
  return sentences;
}

function lineSentence(
  line: ExplainedLine,
  unit: CreditUnit,
  format: Format,
  messages: Messages['uses'],
  kinds: Messages['modelPicker']['uses'],
): string {
  // By direction, since each has a rate of its own.
  const quantity = line.uses
    ? new Intl.ListFormat(format.locale).format(
        line.uses.map(({ name, quantity: used }) => `${format.number(used)} ${kinds[name]}`),
      )
    : `${format.number(line.quantity)} ${line.unit}`;
  if (line.ownKey) return messages.ownKey(line.label, quantity);
  return messages.line(line.label, quantity, line.rate, format.amount(line.amount, unit).exact);
}

'use client';
import type { CreditUnit, ExplainedLine, Explanation, ShownUnit } from '@usagekit/server/contract';
import { signOf } from '../../../derive/sign-of.ts';
import type { Format } from '../../../format/create-format.ts';
import { useExplanation } from '../../../hooks/credits/use-explanation.ts';
import { grantsMessages } from '../../../messages/credits/grants.ts';
import type { Messages } from '../../../messages/messages.ts';
import { modelPickerMessages } from '../../../messages/models/model-picker.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { grantName } from '../../credit-balance/grant-name.ts';
import { Skeleton } from '../../parts/widget/skeleton.tsx';
import { unbroken } from '../../parts/words/unbroken.ts';
import { ErrorState } from '../../states/error-state.tsx';
import { writeLineRates } from './rate-words.ts';

export interface UseExplanationProps {
  useId: string;
  accountId?: string | undefined;
  format: Format;
  messages: Messages['uses'];
}

/** How a charge came about, in words: each line with its rate, and the grants that paid. Renders a `div`. Reads the explanation, and messages. */
export function UseExplanation({ useId, accountId, format, messages }: UseExplanationProps) {
  const { data, error, refresh } = useExplanation(useId, { accountId });
  const prices = useMessages('modelPicker', modelPickerMessages);
  const grants = useMessages('grants', grantsMessages);
  if (!data) {
    if (error) return <ErrorState what={messages.what} error={error} onRetry={refresh} />;
    return <Skeleton height={48} />;
  }
  return (
    <div className="uk-use-explained" dir="auto">
      {sentencesOf(data, { format, messages, prices, grants }).map((sentence) => (
        <p key={sentence} className="uk-text">
          {unbroken(sentence)}
        </p>
      ))}
    </div>
  );
}

interface Words {
  format: Format;
  messages: Messages['uses'];
  prices: Messages['modelPicker'];
  grants: Messages['grants'];
}

function sentencesOf({ usage, grants, takenBack, creditLabel }: Explanation, words: Words): string[] {
  const { format, messages } = words;
  if (!usage) return [messages.free];
  const unit = usage.unit === 'credits' ? creditLabel : usage.unit;
  const amount = (value: string) => format.amount(value, unit).exact;
  const sentences = usage.lines.map((line) => lineSentence(line, unit, words));
  const cost = signOf(usage.charge) !== 0;
  if (!cost) sentences.push(messages.free);
  else if (grants.length === 0) sentences.push(messages.owed);
  for (const { source, amount: paid, ...grant } of grants) {
    const name = source === null ? messages.endedGrant : grantName({ source, ...grant }, words.grants);
    sentences.push(messages.paidBy(amount(paid), name));
  }
  if (takenBack) sentences.push(messages.takenBack(format.date(takenBack.at), takenBack.reason));
  return sentences;
}

function lineSentence(line: ExplainedLine, unit: CreditUnit | ShownUnit, words: Words): string {
  const { format, messages, prices } = words;
  const name = line.label ?? messages.lines[line.kind];
  // By direction, since each has a rate of its own.
  const quantity = line.uses
    ? new Intl.ListFormat(format.locale).format(
        line.uses.map(({ name: use, quantity: used }) => `${format.number(used)} ${prices.uses[use]}`),
      )
    : `${format.number(line.quantity)} ${unitOfLine(line, messages, prices)}`;
  if (line.ownKey) return messages.ownKey(name, quantity);
  const total = format.amount(line.amount, unit).exact;
  if (!line.rates) return messages.lineAlone(name, quantity, total);
  return messages.line(name, quantity, writeLineRates(line.rates, { unit, format, messages, prices }), total);
}

function unitOfLine(
  { of, unit, quantity }: ExplainedLine,
  messages: Messages['uses'],
  prices: Messages['modelPicker'],
): string {
  if (of === undefined) return unit;
  if (of !== 'token' && of !== 'request' && of !== 'call') return prices.uses[of];
  return (Number(quantity) === 1 ? messages.oneUnit : messages.units)[of];
}

'use client';
import { Suspense } from 'react';
import { Segments } from '../parts/controls/segments.tsx';
import { lazyPart } from '../parts/lazy-part.ts';
import type { UsageHistoryValue } from './history-value.ts';
import { RangeChoice, type RangeChoiceProps } from './range-choice.tsx';
import { StepChoice, type StepChoiceProps } from './step-choice.tsx';

// Few accounts have so many uses.
const TooManyForHours = lazyPart(() => import('./uses/too-many-uses.tsx'), 'TooManyForHours');

export interface ViewChoicesProps
  extends Pick<RangeChoiceProps, 'range' | 'cycle' | 'asOf' | 'messages'>,
    Pick<StepChoiceProps, 'step' | 'days'> {
  /** Whose use is shown; undefined where that cannot be chosen. */
  of: UsageHistoryValue['of'];
  /** Whether days stand in place of hours. */
  hasTooMany?: boolean;
  onChange: (change: Partial<UsageHistoryValue>) => void;
}

/** Chooses whose use is shown, the span of time and the length of the bars. Renders form fields. Reads nothing. */
export function ViewChoices({ of, hasTooMany, onChange, ...choices }: ViewChoicesProps) {
  const { messages } = choices;
  return (
    <>
      {of && (
        <Segments
          label={messages.whose}
          segments={(['everyone', 'mine'] as const).map((value) => ({ value, label: messages[value] }))}
          value={of}
          onChange={(next) => onChange({ of: next })}
        />
      )}
      <RangeChoice {...choices} onChange={(range) => onChange({ range })} />
      <StepChoice {...choices} onChange={(step) => onChange({ step })} />
      {hasTooMany && (
        <Suspense fallback={null}>
          <TooManyForHours />
        </Suspense>
      )}
    </>
  );
}

'use client';
import type { MeterLevel } from '@usagekit/server/contract';
import { signOf } from '../../derive/sign-of.ts';
import { meterLevelMessages } from '../../messages/usage/meter-level.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Icon } from '../parts/icons/icon.tsx';
import { highIcon, overIcon, warningIcon } from '../parts/icons/level-icons.ts';

const drawings = { warning: warningIcon, high: highIcon, over: overIcon };

export interface LevelWordProps {
  /** A meter or the budget. */
  of: { level: MeterLevel; used: string | null; included: string | null; percent: number | null };
}

/** The step of a bar as shape and word; nothing below 80%. Renders a `span`. Reads messages. */
export function LevelWord({ of: { level: any, used, included, percent } }: LevelWordProps) {
  const messages = useMessages('meter', meterLevelMessages);
  const level = any as keyof typeof drawings;
  if (!drawings[level]) return null;
  // What is used where nothing is included is beyond it, and has no percentage.
  const isBeyondNothing = used !== null && included !== null && signOf(used) > 0 && signOf(included) === 0;
  const atExactly = level === 'over' && (percent ?? 0) <= 100 && !isBeyondNothing;
  return (
    <span className="uk-level" data-level={level}>
      <Icon drawing={drawings[level]} />
      {messages.level[atExactly ? 'at' : level]}
    </span>
  );
}

import type { MeterLevel } from '@usagekit/server/contract';
import type { meterMessages } from '../../messages/meter.ts';
import { Icon } from '../parts/icons/icon.tsx';
import { highIcon, overIcon, warningIcon } from '../parts/icons/level-icons.ts';

const drawings = { warning: warningIcon, high: highIcon, over: overIcon };

export interface LevelWordProps {
  level: MeterLevel;
  percent: number | null;
  messages: typeof meterMessages;
}

/** The step of a bar as shape and word; nothing below 80%. Renders a `span`. Reads nothing. */
export function LevelWord({ level: any, percent, messages }: LevelWordProps) {
  const level = any as keyof typeof drawings;
  if (!drawings[level]) return null;
  const atExactly = level === 'over' && (percent ?? 0) <= 100;
  return (
    <span className="uk-level" data-level={level}>
      <Icon drawing={drawings[level]} />
      {messages.level[atExactly ? 'at' : level]}
    </span>
  );
}

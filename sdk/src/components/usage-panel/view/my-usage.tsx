import type { MyMeter, Usage } from '@usagekit/server/contract';
import type { ReactNode } from 'react';
import type { Messages } from '../../../messages/messages.ts';
import { Meter } from '../../meter/meter.tsx';

export interface MyUsageProps {
  meters: MyMeter[];
  cycle: Usage['cycle'];
  asOf: Usage['asOf'];
  messages: Messages['usagePanel'];
  /** Wraps a meter's figure, such as in a button that opens the uses behind it. */
  open: (meter: MyMeter, figure: ReactNode) => ReactNode;
}

/**
 * The caller's own use against an allocation, or against the pool with a caption that says it is shared. Renders a grid
 * of meters. Reads locale and messages.
 */
export function MyUsage({ meters, cycle, asOf, messages, open }: MyUsageProps) {
  return (
    <div className="uk-meters">
      {meters.map((each) => {
        const { allocation, pool, ...mine } = each;
        return (
          <Meter
            key={mine.metric}
            meter={{ ...mine, included: allocation ?? pool }}
            asOf={asOf}
            timeZone={cycle.timeZone}
            note={allocation !== null ? messages.allocation : pool !== null ? messages.shared : undefined}
            open={(figure) => open(each, figure)}
          />
        );
      })}
    </div>
  );
}

'use client';
import type { Instant } from '@usagekit/server/contract';
import type { ReactNode } from 'react';
import type { Format } from '../../format/create-format.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import { commonMessages } from '../../messages/common/common.ts';
import { troubleMessages } from '../../messages/common/trouble.ts';
import { modelCostMessages } from '../../messages/models/model-cost.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { LinkButton } from '../parts/controls/link-button.tsx';
import { Icon } from '../parts/icons/icon.tsx';
import { warningIcon } from '../parts/icons/level-icons.ts';
import { Skeleton } from '../parts/widget/skeleton.tsx';
import { WidgetRoot } from '../parts/widget/widget-root.tsx';
import { StaleNote } from '../states/stale-note.tsx';

/** The content of a cost in one line. */
export interface CostLine {
  /** Stands in `data-state`; `refused` is drawn as what stops the run. */
  state: string;
  cost: ReactNode;
  detail?: ReactNode;
  /** The possible remedies. */
  actions?: ReactNode;
}

export interface InlineCostProps<Data> {
  resource: Resource<Data>;
  /** The name of its content, as it reads within a sentence. */
  what: string;
  format: Format;
  /** The line, once there are figures. */
  children: (data: Data) => CostLine;
}

/**
 * A cost in one line that is as wide as its words. Renders a `section`, or nothing where the role may not see it. Reads
 * the messages.
 */
export function InlineCost<Data extends { asOf: Instant }>(props: InlineCostProps<Data>) {
  const { resource, what, format, children } = props;
  const common = useMessages('common', commonMessages);
  const { retry } = useMessages('trouble', troubleMessages);
  const messages = useMessages('modelCost', modelCostMessages);
  const { status, data, refresh } = resource;
  if (status === 'not_permitted') return null;
  const line = data && children(data);
  return (
    <WidgetRoot
      name="model-cost"
      state={line && status !== 'stale' ? line.state : status}
      label={status === 'loading' ? common.loading(what) : what}
      busy={status === 'loading'}
      className="uk-inline"
    >
      {line ? (
        <>
          <span className="uk-cost-line" data-refused={line.state === 'refused' || undefined} role="status">
            {line.state === 'refused' && <Icon drawing={warningIcon} />}
            <bdi className="uk-strong uk-figures">{line.cost}</bdi>
            {line.detail && <bdi className="uk-cost-detail uk-figures">{line.detail}</bdi>}
          </span>
          {line.actions}
          {data && status === 'stale' && <StaleNote asOf={data.asOf} format={format} />}
        </>
      ) : status === 'loading' ? (
        <Skeleton height={12} />
      ) : (
        <>
          <span className="uk-cost-detail" role="alert">
            {messages.unknown}
          </span>
          <LinkButton onClick={() => void refresh()}>{retry}</LinkButton>
        </>
      )}
    </WidgetRoot>
  );
}

'use client';
import type { ModelInfo, ModelList, ShownUnit } from '@usagekit/server/contract';
import { useFormat } from '../../format/use-format.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import { modelCostMessages } from '../../messages/models/model-cost.ts';
import { modelPickerMessages } from '../../messages/models/model-picker.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { writeRate, writeRateDetails } from '../model-picker/write-rate.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { Card } from '../parts/widget/card.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { Skeleton } from '../parts/widget/skeleton.tsx';
import type { WidgetProps } from '../parts/widget/widget-root.tsx';
import { StatusPill } from '../parts/words/status-pill.tsx';
import { unbroken } from '../parts/words/unbroken.ts';
import { EmptyState } from '../states/empty-state.tsx';
import { ResourceFrame } from '../states/resource-frame.tsx';
import { StaleNote } from '../states/stale-note.tsx';
import { InlineCost } from './inline-cost.tsx';

export interface ModelRateViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ details: false }`. */
  parts?: PartsOf<'ModelCost'> | undefined;
  resource: Resource<ModelList>;
  /** The model's id; its label where the catalog keeps ids back. */
  model: string;
  /** `inline` is one line, for use next to a name or a button; `block`, the default, is a card. */
  form?: 'inline' | 'block' | undefined;
  /** The name of a credit; credit and credits by default. */
  creditLabel?: ShownUnit | undefined;
}

/** The present price of one model, with its tier. Renders a `section`. Reads locale and messages. */
export const ModelRateView = asWidget(function ModelRateView(props: ModelRateViewProps) {
  const { resource, model: wanted, form = 'block', creditLabel, parts, headingLevel = 3 } = props;
  const messages = useMessages('modelCost', modelCostMessages);
  const rates = useMessages('modelPicker', modelPickerMessages);
  const format = useFormat(resource.data?.timeZone, creditLabel ?? resource.data?.creditLabel);
  const rateOf = (model: ModelInfo) => unbroken(writeRate(model, format, rates));

  if (form === 'inline') {
    return (
      <InlineCost resource={resource} what={messages.rateWhat} format={format}>
        {({ items }) => {
          const model = find(items, wanted);
          return {
            state: model?.available === false ? 'not_in_plan' : 'ready',
            cost: model ? rateOf(model) : messages.unknown,
            detail: model?.tierLabel,
          };
        }}
      </InlineCost>
    );
  }
  return (
    <ResourceFrame
      name="model-cost"
      what={messages.rateWhat}
      title={messages.rateTitle}
      resource={resource}
      headingLevel={headingLevel}
      skeleton={<Skeleton height={16} widthPercent={60} before={8} />}
    >
      {({ items, asOf }) => {
        const model = find(items, wanted);
        if (!model) {
          return (
            <Card title={messages.rateTitle} headingLevel={headingLevel}>
              <EmptyState title={messages.noPriceTitle} detail={messages.noPriceDetail} />
            </Card>
          );
        }
        return (
          <Card
            title={
              <span className="uk-run" dir="auto">
                {model.label}
              </span>
            }
            headingLevel={headingLevel}
            caption={[model.provider, model.tierLabel].filter(Boolean).join(' · ')}
            side={
              resource.status === 'stale' ? (
                <StaleNote asOf={asOf} format={format} />
              ) : (
                model.cheapest && <StatusPill tone="good">{rates.cheapest}</StatusPill>
              )
            }
          >
            <p className="uk-rate" data-unavailable={!model.available || undefined}>
              <bdi className="uk-figures">{rateOf(model)}</bdi>
            </p>
            {parts?.details !== false && <RateDetails lines={writeRateDetails(model, format, rates)} />}
          </Card>
        );
      }}
    </ResourceFrame>
  );
});

function RateDetails({ lines }: { lines: string[] }) {
  if (lines.length === 0) return null;
  return (
    <ul className="uk-list">
      {lines.map((line) => (
        <li key={line} className="uk-caption">
          <bdi className="uk-figures">{line}</bdi>
        </li>
      ))}
    </ul>
  );
}

function find(models: readonly ModelInfo[], wanted: string): ModelInfo | undefined {
  return models.find(({ id, label }) => (id ?? label) === wanted);
}

'use client';
import type { ModelInfo, ModelList, ShownUnit } from '@usagekit/server/contract';
import { useId } from 'react';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import type { Messages } from '../../messages/messages.ts';
import { modelPickerMessages } from '../../messages/models/model-picker.ts';
import { useMessages } from '../../messages/use-messages.ts';
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
import { writeRate } from './write-rate.ts';

export interface ModelPickerViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ provider: false }`. */
  parts?: PartsOf<'ModelPicker'> | undefined;
  /** What is shown, with its state while it loads or fails. */
  resource: Resource<ModelList>;
  /** The chosen model's id. */
  value: string | null;
  /** Called with the id of the model that is chosen. */
  onChange: (modelId: string) => void;
  /** The name of a credit; credit and credits by default. */
  creditLabel?: ShownUnit | undefined;
}

/**
 * The models with what each costs now, before it is chosen, the cheapest marked. Renders a `section` with a group of
 * radio buttons. Reads locale and messages.
 */
export const ModelPickerView = asWidget(function ModelPickerView(props: ModelPickerViewProps) {
  const { resource, value, onChange, creditLabel, parts, headingLevel = 3 } = props;
  const messages = useMessages('modelPicker', modelPickerMessages);
  const format = useFormat(resource.data?.timeZone, creditLabel ?? resource.data?.creditLabel);
  const name = useId();
  return (
    <ResourceFrame
      name="model-picker"
      what={messages.what}
      title={messages.title}
      resource={resource}
      headingLevel={headingLevel}
      skeleton={[1, 2, 3].map((line) => <Skeleton key={line} height={40} before={10} />)}
    >
      {({ items, asOf }) => (
        <Card
          title={messages.title}
          headingLevel={headingLevel}
          side={
            resource.status === 'stale' ? (
              <StaleNote asOf={asOf} format={format} />
            ) : (
              parts?.asOf !== false && (
                <span className="uk-caption">{messages.pricesAsOf(format.time(asOf))}</span>
              )
            )
          }
        >
          {items.length === 0 ? (
            <EmptyState title={messages.emptyTitle} detail={messages.emptyDetail} />
          ) : (
            <div className="uk-models" role="radiogroup" aria-label={messages.title}>
              {items.map((model) => (
                <ModelOption
                  key={model.id ?? model.label}
                  model={model}
                  name={name}
                  chosen={model.id !== null && model.id === value}
                  onChange={onChange}
                  parts={parts}
                  format={format}
                  messages={messages}
                />
              ))}
            </div>
          )}
        </Card>
      )}
    </ResourceFrame>
  );
});

interface ModelOptionProps extends Pick<ModelPickerViewProps, 'parts'> {
  model: ModelInfo;
  name: string;
  chosen: boolean;
  onChange: (modelId: string) => void;
  format: Format;
  messages: Messages['modelPicker'];
}

function ModelOption({ model, name, chosen, onChange, parts, format, messages }: ModelOptionProps) {
  const { id, label, provider, tierLabel, available, cheapest } = model;
  const ownId = useId();
  const idOf = (part: string) => `${ownId}-${part}`;
  return (
    <label className="uk-model" data-chosen={chosen || undefined} data-unavailable={!available || undefined}>
      <input
        type="radio"
        className="uk-model-input"
        name={name}
        checked={chosen}
        disabled={!available || id === null}
        // Else the whole label were its name, and the cost were told twice.
        aria-labelledby={['name', 'kind', 'mark'].map(idOf).join(' ')}
        aria-describedby={idOf('cost')}
        onChange={() => id !== null && onChange(id)}
      />
      <span className="uk-model-name" id={idOf('name')} dir="auto">
        {label}
      </span>
      <span className="uk-caption uk-model-kind" id={idOf('kind')}>
        {[parts?.provider !== false && provider, parts?.tierLabel !== false && tierLabel]
          .filter(Boolean)
          .join(' · ')}
      </span>
      <span className="uk-model-cost uk-figures" id={idOf('cost')}>
        <bdi className="uk-run">{unbroken(writeRate(model, format, messages))}</bdi>
      </span>
      {parts?.cheapest !== false && cheapest && (
        <span className="uk-model-mark" id={idOf('mark')}>
          <StatusPill tone="good">{messages.cheapest}</StatusPill>
        </span>
      )}
    </label>
  );
}

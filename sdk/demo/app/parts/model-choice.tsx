import { useCheck } from '@usagekit/react';
import type { ModelInfo } from '@usagekit/server/contract';
import { type Depth, taskItems } from '../../task-items.ts';
import { formatCredits } from '../format-credits.ts';

interface ModelChoiceProps {
  models: ModelInfo[];
  depth: Depth;
  value: string | undefined;
  onChange: (model: string) => void;
}

/** The models with what this task would cost at most on each, before one is chosen. */
export function ModelChoice({ models, depth, value, onChange }: ModelChoiceProps) {
  return (
    <fieldset className="models">
      <legend className="hidden">Model</legend>
      {models.map((model) => (
        <label key={model.id} className="model">
          <input
            type="radio"
            name="model"
            checked={model.id === value}
            onChange={() => model.id && onChange(model.id)}
          />
          <span className="model-name">{model.label}</span>
          <span className="model-tier">
            {model.cheapest ? `${model.tierLabel}, cheapest` : model.tierLabel}
          </span>
          {model.id && <ModelCost model={model.id} depth={depth} />}
        </label>
      ))}
    </fieldset>
  );
}

function ModelCost({ model, depth }: { model: string; depth: Depth }) {
  const { data } = useCheck({ items: taskItems(model, depth) });
  return <span className="model-cost">{data ? `${formatCredits(data.cost.amount)} credits` : '…'}</span>;
}

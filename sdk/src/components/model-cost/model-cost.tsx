'use client';
import type { CheckAnswer, ModelList, UseRequest } from '@usagekit/server/contract';
import { resourceOf } from '../../hooks/base/resource.ts';
import { useModels } from '../../hooks/catalog/use-models.ts';
import { useCheck } from '../../hooks/gate/use-check.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { ModelRateView, type ModelRateViewProps } from './model-rate-view.tsx';
import { RunCostView, type RunCostViewProps } from './run-cost-view.tsx';

interface RunCostProps extends Omit<RunCostViewProps, 'resource'> {
  /** The use of the run: `{ items: [{ model, inputTokens, outputTokens }, { tool, calls }] }`. */
  use: Omit<UseRequest, 'accountId'>;
  model?: undefined;
  /** An answer that the host already has; nothing is fetched then. */
  data?: CheckAnswer | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

interface ModelRateProps extends Omit<ModelRateViewProps, 'resource'> {
  use?: undefined;
  /** Models that the host already has; nothing is fetched then. */
  data?: ModelList | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/** Either `use`, a planned run, or `model`, for its price only. */
export type ModelCostProps = RunCostProps | ModelRateProps;

/**
 * The cost of one planned run, or the present price of a model if only that is named. It decides nothing: the host's backend
 * does, with consume or a hold. Renders a `section` with `data-widget="model-cost"`, or nothing, inline, if the role may not see
 * it. Reads `data`, or `POST /v1/check` through `useCheck`, or `GET /v1/models` through `useModels`.
 *
 * @example
 * <ModelCost form="inline" use={{ items: [{ model: 'core', inputTokens: 42_000, outputTokens: 5_000 }] }} />
 */
export const ModelCost = asWidget(function ModelCost(props: ModelCostProps) {
  if (props.use === undefined) {
    const { data, ...rate } = props;
    return data ? <ModelRateView {...rate} resource={resourceOf(data)} /> : <ConnectedModelRate {...rate} />;
  }
  const { data, use, model, accountId, ...cost } = props;
  return data ? (
    <RunCostView {...cost} resource={resourceOf(data)} />
  ) : (
    <ConnectedRunCost {...cost} use={use} accountId={accountId} />
  );
});

function ConnectedRunCost({ use, accountId, ...view }: Omit<RunCostProps, 'data' | 'model'>) {
  return <RunCostView {...view} resource={useCheck(use, { accountId })} />;
}

function ConnectedModelRate({ accountId, ...view }: Omit<ModelRateProps, 'data'>) {
  return <ModelRateView {...view} resource={useModels({ accountId })} />;
}

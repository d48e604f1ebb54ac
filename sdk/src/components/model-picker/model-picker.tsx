'use client';
import type { ModelList } from '@usagekit/server/contract';
import { resourceOf } from '../../hooks/base/resource.ts';
import { useModels } from '../../hooks/catalog/use-models.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { ModelPickerView, type ModelPickerViewProps } from './model-picker-view.tsx';

export interface ModelPickerProps extends Omit<ModelPickerViewProps, 'resource'> {
  /** Models that the host already has; nothing is fetched then. */
  data?: ModelList | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * A choice of model that shows each one's present cost. Renders a `section` with `data-widget="model-picker"`.
 * Reads `data`, or `GET /v1/models` through `useModels`.
 */
export const ModelPicker = asWidget(function ModelPicker({ data, accountId, ...view }: ModelPickerProps) {
  return data ? (
    <ModelPickerView {...view} resource={resourceOf(data)} />
  ) : (
    <ConnectedModelPicker {...view} accountId={accountId} />
  );
});

function ConnectedModelPicker({ accountId, ...view }: Omit<ModelPickerProps, 'data'>) {
  return <ModelPickerView {...view} resource={useModels({ accountId })} />;
}

import type { ModelList } from '@usagekit/server/contract';
import { useState } from 'react';
import { ModelPickerView } from '../../../src/components/model-picker/index.ts';
import { type Resource, resourceOf } from '../../../src/hooks/base/resource.ts';
import { asOf, creditLabel } from '../../fixtures/credits.ts';
import { model } from '../../fixtures/models.ts';
import { failed, type GalleryState, loading, stale } from '../../gallery-state.ts';

const models: ModelList = {
  items: [
    model({ id: 'light-1', label: 'Light 1', tierLabel: 'Light', perRequest: '12', cheapest: true }),
    model({ id: 'standard-2', label: 'Standard 2', tierLabel: 'Standard', perRequest: '110' }),
    model({ id: 'fast-3', label: 'Fast 3', tierLabel: 'Fast', inputPer1000: '0.35', outputPer1000: '1.4' }),
    model({
      id: 'draw-1',
      label: 'Draw 1',
      tierLabel: 'Fast',
      rates: [{ of: 'image', amount: '4', per: 1 }],
    }),
    model({
      id: 'frontier-1',
      label: 'Frontier 1',
      tierLabel: 'Advanced Reasoning',
      available: false,
      perRequest: '640',
    }),
  ],
  creditLabel,
  asOf,
};

function Shown({ resource }: { resource: Resource<ModelList> }) {
  const [value, setValue] = useState<string | null>('standard-2');
  return <ModelPickerView resource={resource} value={value} onChange={setValue} />;
}

const widget = 'ModelPicker';

export const modelPickerStates: GalleryState[] = [
  { widget, state: 'ready', element: <Shown resource={resourceOf(models)} /> },
  { widget, state: 'empty', element: <Shown resource={resourceOf({ ...models, items: [] })} /> },
  { widget, state: 'loading', element: <Shown resource={loading()} /> },
  { widget, state: 'stale', element: <Shown resource={stale(models)} /> },
  { widget, state: 'error', element: <Shown resource={failed()} /> },
];

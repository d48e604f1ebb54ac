import { UsageForecastView } from '../../../src/components/usage-forecast/index.ts';
import { resourceOf } from '../../../src/hooks/base/resource.ts';
import { november } from '../../fixtures/forecast.ts';
import { failed, type GalleryState, loading, notPermitted, stale } from '../../gallery-state.ts';

const widget = 'UsageForecast';
const nothing = { ...november, figures: [] };

export const usageForecastStates: GalleryState[] = [
  {
    widget,
    state: 'running out, close, and calm',
    element: <UsageForecastView resource={resourceOf(november)} />,
  },
  {
    widget,
    state: 'too little to go by',
    element: <UsageForecastView resource={resourceOf(nothing, () => true)} />,
  },
  { widget, state: 'loading', element: <UsageForecastView resource={loading()} /> },
  { widget, state: 'stale', element: <UsageForecastView resource={stale(november)} /> },
  { widget, state: 'error', element: <UsageForecastView resource={failed()} /> },
  { widget, state: 'not permitted', element: <UsageForecastView resource={notPermitted()} /> },
];

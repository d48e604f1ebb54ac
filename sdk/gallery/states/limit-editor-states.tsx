import { LimitContent } from '../../src/components/limit-editor/index.ts';
import { Card } from '../../src/components/parts/card.tsx';
import { WidgetRoot } from '../../src/components/parts/widget-root.tsx';
import { createFormat } from '../../src/format/create-format.ts';
import type { SubscriptionChangeFlow } from '../../src/hooks/subscription/use-subscription-change.ts';
import { atRest } from '../fixtures/change-flow.ts';
import * as fixtures from '../fixtures/settings.ts';
import type { GalleryState } from '../gallery-state.ts';

const meter = { metric: 'runs', label: 'Task runs', unit: { one: 'run', other: 'runs' }, used: '412' };
const command = { kind: 'own_limit', metric: 'runs', limit: '400' } as const;

/** What the dialog holds, on a card: a page can show one open dialog only. */
function Limit({ ownLimit, flow }: { ownLimit: string | null; flow: SubscriptionChangeFlow }) {
  return (
    <WidgetRoot name="limit-editor" state={flow.status} label="Limit of Task runs">
      <Card title="Limit of Task runs" caption="412 runs used so far in this cycle">
        <div className="uk-section">
          <LimitContent
            meter={{ ...meter, ownLimit }}
            flow={flow}
            onClose={() => {}}
            format={createFormat()}
          />
        </div>
      </Card>
    </WidgetRoot>
  );
}

const shown = (
  state: string,
  ownLimit: string | null,
  flow: Partial<SubscriptionChangeFlow>,
): GalleryState => ({
  widget: 'LimitEditor',
  state,
  element: <Limit ownLimit={ownLimit} flow={{ ...atRest, ...flow }} />,
});

export const limitEditorStates: GalleryState[] = [
  shown('none yet', null, {}),
  shown('set', '700', {}),
  shown('changed', '700', { status: 'changed', command, change: fixtures.blockingLimit }),
];

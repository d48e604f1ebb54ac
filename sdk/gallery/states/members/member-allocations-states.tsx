import {
  MemberAllocationsView,
  type MemberShares,
  ShareContent,
} from '../../../src/components/member-allocations/index.ts';
import { Card } from '../../../src/components/parts/widget/card.tsx';
import { WidgetRoot } from '../../../src/components/parts/widget/widget-root.tsx';
import { useFormat } from '../../../src/format/use-format.ts';
import { type Resource, resourceOf } from '../../../src/hooks/base/resource.ts';
import { shares } from '../../fixtures/shares.ts';
import { failed, type GalleryState, loading, notPermitted, stale } from '../../gallery-state.ts';

const widget = 'MemberAllocations';
const nothing = async () => [];

const shown = (state: string, resource: Resource<MemberShares>): GalleryState => ({
  widget,
  state,
  element: <MemberAllocationsView resource={resource} allocate={nothing} />,
});

/** What the dialog holds, on a card: a page can show one open dialog only. */
function Share({ title, clears, ids }: { title: string; clears: boolean; ids: string[] }) {
  const format = useFormat();
  const [metric] = shares.metrics;
  if (!metric) return null;
  return (
    <WidgetRoot name="share" state="ready" label={title}>
      <Card title={title} caption={metric.label}>
        <div className="uk-section">
          <ShareContent
            edit={{ members: shares.members.filter(({ id }) => ids.includes(id)), clears }}
            metric={metric}
            used={shares.used}
            allocate={nothing}
            onClear={() => {}}
            onClose={() => {}}
            format={format}
          />
        </div>
      </Card>
    </WidgetRoot>
  );
}

export const memberAllocationsStates: GalleryState[] = [
  shown('ready', resourceOf(shares)),
  {
    widget,
    state: 'to look at only',
    element: <MemberAllocationsView resource={resourceOf(shares)} />,
  },
  shown('nothing to share out', resourceOf({ ...shares, metrics: [] })),
  shown('loading', loading()),
  shown('stale', stale(shares)),
  shown('error', failed()),
  shown('not permitted', notPermitted()),
  {
    widget,
    state: 'setting one',
    element: <Share title="Set the share of Devika" clears={false} ids={['dev']} />,
  },
  {
    widget,
    state: 'clearing several',
    element: <Share title="Clear the shares of 2 members" clears ids={['ben', 'chi']} />,
  },
];

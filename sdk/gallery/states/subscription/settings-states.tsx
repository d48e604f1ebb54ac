import type { Subscription } from '@usagekit/server/contract';
import type { ComponentType } from 'react';
import { UsageKitError } from '../../../src/client/usagekit-error.ts';
import { AddOnsView } from '../../../src/components/add-ons/index.ts';
import { AdditionalUseView } from '../../../src/components/additional-use/index.ts';
import { DedicatedIpsView } from '../../../src/components/dedicated-ips/index.ts';
import { Card } from '../../../src/components/parts/widget/card.tsx';
import { WidgetRoot } from '../../../src/components/parts/widget/widget-root.tsx';
import { SeatsView } from '../../../src/components/seats/index.ts';
import { QuantityField } from '../../../src/components/subscription-change/quantity-field.tsx';
import { SettingContent } from '../../../src/components/subscription-change/setting-dialog.tsx';
import { useFormat } from '../../../src/format/use-format.ts';
import { type Resource, resourceOf } from '../../../src/hooks/base/resource.ts';
import type { SubscriptionChangeFlow } from '../../../src/hooks/subscription/use-subscription-change.ts';
import { atRest } from '../../fixtures/change-flow.ts';
import * as fixtures from '../../fixtures/settings.ts';
import { failed, type GalleryState, loading, notPermitted, stale } from '../../gallery-state.ts';

type SettingsView = ComponentType<{
  resource: Resource<Subscription>;
  flow?: SubscriptionChangeFlow | undefined;
}>;

const views: [string, SettingsView][] = [
  ['Seats', SeatsView],
  ['AddOns', AddOnsView],
  ['DedicatedIps', DedicatedIpsView],
  ['AdditionalUse', AdditionalUseView],
];

function statesOf([widget, View]: [string, SettingsView]): GalleryState[] {
  const shown = (state: string, resource: Resource<Subscription>): GalleryState => ({
    widget,
    state,
    element: <View resource={resource} flow={atRest} />,
  });
  return [
    shown('ready', resourceOf(fixtures.settings)),
    shown('for a member', resourceOf(fixtures.settingsForMember)),
    shown('nothing', resourceOf(fixtures.noSettings)),
    shown('loading', loading()),
    shown('stale', stale(fixtures.settings)),
    shown('error', failed()),
    shown('not permitted', notPermitted()),
  ];
}

const command = { kind: 'seats', seatType: 'power', quantity: 10 } as const;

/** What the dialog holds, on a card: a page can show one open dialog only. */
function Change({ flow }: { flow: SubscriptionChangeFlow }) {
  const format = useFormat();
  return (
    <WidgetRoot name="setting-change" state={flow.status} label="Change Power seats">
      <Card title="Change Power seats">
        <div className="uk-section">
          <SettingContent
            flow={flow}
            command={command}
            onClose={() => {}}
            format={format}
            fields={
              <QuantityField
                label="Seats bought beyond those included"
                unit="12 seats in all"
                initial={10}
                least={4}
                most={48}
                onChange={() => {}}
                format={format}
              />
            }
            buttonOf={({ dueNow }) => (dueNow.amount === '0' ? 'Set to 10' : 'Set to 10 and pay $7.20')}
            outcomeOf={() => '10 bought'}
          />
        </div>
      </Card>
    </WidgetRoot>
  );
}

const refused = new UsageKitError({ code: 'conflict', message: '11 of these seats are taken', status: 409 });
const flow = (fields: Partial<SubscriptionChangeFlow>): SubscriptionChangeFlow => ({
  ...atRest,
  command,
  change: fixtures.moreSeats,
  ...fields,
});

const changes: [string, SubscriptionChangeFlow][] = [
  ['preview on its way', flow({ status: 'previewing', change: undefined })],
  ['preview', flow({ status: 'ready' })],
  ['preview of fewer', flow({ status: 'ready', change: fixtures.fewerSeats })],
  ['preview of a limit that blocks', flow({ status: 'ready', change: fixtures.blockingLimit })],
  ['changing', flow({ status: 'changing' })],
  ['changed', flow({ status: 'changed' })],
  ['no answer', flow({ status: 'unknown' })],
  ['preview failed', flow({ status: 'failed', change: undefined })],
  ['refused', flow({ status: 'refused', error: refused })],
];

export const settingsStates: GalleryState[] = [
  ...views.flatMap(statesOf),
  ...changes.map(([state, each]) => ({
    widget: 'SettingDialog',
    state,
    element: <Change flow={each} />,
  })),
];

import { UsageKitError } from '../../../src/client/usagekit-error.ts';
import { LimitContent } from '../../../src/components/limit-editor/index.ts';
import { Card } from '../../../src/components/parts/widget/card.tsx';
import { WidgetRoot } from '../../../src/components/parts/widget/widget-root.tsx';
import { useFormat } from '../../../src/format/use-format.ts';
import type { SubscriptionChangeFlow } from '../../../src/hooks/subscription/use-subscription-change.ts';
import { limitEditorMessages } from '../../../src/messages/limits/limit-editor.ts';
import { useMessages } from '../../../src/messages/use-messages.ts';
import { atRest } from '../../fixtures/change-flow.ts';
import * as fixtures from '../../fixtures/settings.ts';
import type { GalleryState } from '../../gallery-state.ts';
import { Typed } from '../../typed.tsx';

const meter = { metric: 'runs', label: 'Task runs', unit: { one: 'run', other: 'runs' }, used: '412' };
const command = { kind: 'own_limit', metric: 'runs', limit: '400' } as const;

/** What the dialog holds, on a card: a page can show one open dialog only. */
function Limit({ ownLimit, flow }: { ownLimit: string | null; flow: SubscriptionChangeFlow }) {
  const format = useFormat();
  const messages = useMessages('limitEditor', limitEditorMessages);
  const title = messages.open(meter.label);
  return (
    <WidgetRoot name="limit-editor" state={flow.status} label={title}>
      <Card title={title} caption={messages.used(format.amount(meter.used, meter.unit).exact)}>
        <Typed className="uk-section" text={flow.command && command.limit}>
          <LimitContent meter={{ ...meter, ownLimit }} flow={flow} onClose={() => {}} format={format} />
        </Typed>
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

const refused = new UsageKitError({
  code: 'forbidden',
  message: 'Your role does not allow this',
  status: 403,
});

export const limitEditorStates: GalleryState[] = [
  shown('none yet', null, {}),
  shown('set', '700', {}),
  shown('loading', '700', { status: 'previewing', command }),
  shown('error', '700', { status: 'failed', command }),
  shown('preview of a limit that blocks', '700', {
    status: 'ready',
    command,
    change: fixtures.blockingLimit,
  }),
  shown('changing', '700', { status: 'changing', command, change: fixtures.blockingLimit }),
  shown('no answer', '700', { status: 'unknown', command, change: fixtures.blockingLimit }),
  shown('not permitted', '700', {
    status: 'refused',
    command,
    change: fixtures.blockingLimit,
    error: refused,
  }),
  shown('changed', '700', { status: 'changed', command, change: fixtures.blockingLimit }),
];

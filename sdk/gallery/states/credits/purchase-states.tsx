import type { Activity, AutoTopUp, CreditPack, PaymentMethodView, Purchase } from '@usagekit/server/contract';
import { useState } from 'react';
import { UsageKitError } from '../../../src/client/usagekit-error.ts';
import { ActivityLogView } from '../../../src/components/activity-log/index.ts';
import { AutoTopUpForm, AutoTopUpView } from '../../../src/components/auto-top-up/index.ts';
import { Button } from '../../../src/components/parts/controls/button.tsx';
import { Card } from '../../../src/components/parts/widget/card.tsx';
import { WidgetRoot } from '../../../src/components/parts/widget/widget-root.tsx';
import {
  PurchaseContent,
  PurchaseDialogView,
  type PurchaseOffer,
} from '../../../src/components/purchase-dialog/index.ts';
import { useFormat } from '../../../src/format/use-format.ts';
import { type Resource, resourceOf } from '../../../src/hooks/base/resource.ts';
import type { PaymentSessionFlow } from '../../../src/hooks/invoices/use-payment-session.ts';
import type { PurchaseFlow } from '../../../src/hooks/purchases/use-purchase.ts';
import { autoTopUpMessages } from '../../../src/messages/credits/auto-top-up.ts';
import { purchaseDialogMessages } from '../../../src/messages/credits/purchase-dialog.ts';
import { useMessages } from '../../../src/messages/use-messages.ts';
import { asOf } from '../../fixtures/credits.ts';
import { failed, type GalleryState, loading, notPermitted, stale } from '../../gallery-state.ts';

const nothing = async () => {};

const dollars = (amount: string) => ({ amount, currency: 'USD' });

const packs: CreditPack[] = [
  {
    id: 'small',
    label: '500 credits',
    credits: '500',
    bonus: '0',
    price: dollars('5'),
    expiresAfterDays: null,
  },
  {
    id: 'medium',
    label: '5,000 credits',
    credits: '5000',
    bonus: '500',
    price: dollars('40'),
    expiresAfterDays: null,
  },
  {
    id: 'large',
    label: '20,000 credits',
    credits: '20000',
    bonus: '4000',
    price: dollars('149.5'),
    expiresAfterDays: null,
  },
];

const card: PaymentMethodView = { kind: 'card', brand: 'Visa', lastFour: '4242', confirmed: true };

const offer: PurchaseOffer = {
  packs,
  available: '380',
  debt: '0',
  canPurchase: true,
  paymentMethod: card,
  asOf,
};

const purchase: Purchase = {
  id: 'p1',
  packId: 'medium',
  source: 'purchase',
  status: 'succeeded',
  credits: '5000',
  bonus: '500',
  unit: 'credits',
  price: dollars('40'),
  taxes: [],
  total: dollars('40'),
  invoiceId: 'p1~invoice',
  failure: null,
  actionUrl: null,
  createdAt: '2026-11-22T13:04:30.000Z',
  updatedAt: '2026-11-22T13:05:00.000Z',
};

/** A balance in dollars: packs that cost what they add, and one that adds more. */
const offerInMoney: PurchaseOffer = {
  ...offer,
  available: '3.2',
  creditLabel: { one: 'credit', other: 'credits', currency: 'USD' },
  packs: [
    { ...packs[0], id: 'ten', label: '$10', credits: '10', bonus: '0', price: dollars('10') },
    { ...packs[0], id: 'fifty', label: '$50', credits: '50', bonus: '2.5', price: dollars('50') },
    { ...packs[0], id: 'hundred', label: '$100', credits: '100', bonus: '0', price: dollars('92.5') },
  ] as CreditPack[],
};

const flowOf = (fields: Partial<PurchaseFlow> = {}): PurchaseFlow => ({
  status: 'idle',
  packId: undefined,
  purchase: undefined,
  error: undefined,
  buy: nothing,
  retry: nothing,
  reset: () => {},
  ...fields,
});

const payment: PaymentSessionFlow = { isStarting: false, error: undefined, start: nothing };

const pageFailed: PaymentSessionFlow = {
  ...payment,
  error: new UsageKitError({ code: 'network_error', message: 'No answer from the server.' }),
};

interface ShownProps {
  session?: PaymentSessionFlow;
  resource?: Resource<PurchaseOffer>;
  flow?: Partial<PurchaseFlow>;
}

/** What the dialog holds, on a card: a page can show one open dialog only. */
function Shown({ resource = resourceOf(offer), flow, session = payment }: ShownProps) {
  const { title: ofCredits, titleOfMoney } = useMessages('purchaseDialog', purchaseDialogMessages);
  const title = resource.data?.creditLabel?.currency ? titleOfMoney : ofCredits;
  return (
    <WidgetRoot name="purchase-dialog" state={flow?.status ?? 'idle'} label={title}>
      <Card title={title}>
        <div className="uk-section">
          <PurchaseContent resource={resource} flow={flowOf(flow)} payment={session} onClose={() => {}} />
        </div>
      </Card>
    </WidgetRoot>
  );
}

function Opener() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <WidgetRoot name="opener" state="ready" label="Opens the dialog">
        <Button onClick={() => setOpen(true)}>Buy credits</Button>
      </WidgetRoot>
      <PurchaseDialogView
        open={isOpen}
        onClose={() => setOpen(false)}
        resource={resourceOf(offer)}
        flow={flowOf({ packId: 'medium' })}
        payment={payment}
      />
    </>
  );
}

const declined: Partial<PurchaseFlow> = {
  status: 'failed',
  packId: 'medium',
  purchase: { ...purchase, status: 'failed', failure: 'The card was declined.' },
};

const refused = new UsageKitError({
  code: 'payment_method_required',
  message: 'No payment method',
  status: 409,
});

const dearer = new UsageKitError({
  code: 'total_changed',
  message: 'The total is 40 USD now; 38 USD was expected',
  status: 409,
});

const purchases: [string, ShownProps][] = [
  ['choosing', { flow: { packId: 'medium' } }],
  [
    'choosing credits that end',
    {
      resource: resourceOf({ ...offer, packs: packs.map((pack) => ({ ...pack, expiresAfterDays: 90 })) }),
    },
  ],
  [
    'choosing with tax',
    {
      flow: { packId: 'medium' },
      resource: resourceOf({
        ...offer,
        packs: packs.map((pack) =>
          pack.id === 'medium'
            ? { ...pack, taxes: [{ label: 'VAT', amount: dollars('7.6') }], total: dollars('47.6') }
            : pack,
        ),
      }),
    },
  ],
  ['choosing with a debt', { resource: resourceOf({ ...offer, available: '0', debt: '42.5' }) }],
  ['in money', { resource: resourceOf(offerInMoney), flow: { packId: 'ten' } }],
  ['in money, for less than it adds', { resource: resourceOf(offerInMoney), flow: { packId: 'hundred' } }],
  ['paying', { flow: { status: 'pending', packId: 'medium' } }],
  [
    'pending',
    { flow: { status: 'pending', packId: 'medium', purchase: { ...purchase, status: 'ordered' } } },
  ],
  [
    'needs action',
    {
      flow: {
        status: 'needs_action',
        packId: 'medium',
        purchase: { ...purchase, status: 'needs_action', actionUrl: '#confirm' },
      },
    },
  ],
  ['unknown', { flow: { status: 'unknown', packId: 'medium' } }],
  [
    'succeeded',
    { resource: resourceOf({ ...offer, available: '5880' }), flow: { status: 'succeeded', purchase } },
  ],
  ['failed', { flow: declined }],
  ['costs more by the click', { flow: { status: 'refused', packId: 'medium', error: dearer } }],
  ['no payment method', { resource: resourceOf({ ...offer, paymentMethod: null }) }],
  ['refused for want of a payment method', { flow: { status: 'refused', error: refused } }],
  ['payment page not opened', { session: pageFailed }],
  [
    'no payment method, payment page not opened',
    { resource: resourceOf({ ...offer, paymentMethod: null }), session: pageFailed },
  ],
  ['no packs', { resource: resourceOf({ ...offer, packs: [] }) }],
  ['not permitted', { resource: notPermitted() }],
  ['loading', { resource: loading() }],
  ['error', { resource: failed() }],
];

const topUp: AutoTopUp = {
  status: 'ready',
  enabled: true,
  unit: { one: 'credit', other: 'credits' },
  threshold: '50',
  packId: 'small',
  credits: '500',
  price: dollars('5'),
  total: dollars('5'),
  chargesPerCycleMax: 5,
  chargesThisCycle: 2,
  creditsThisCycle: '1000',
  failure: null,
  retryAt: null,
  paymentMethod: card,
};

const off: AutoTopUp = {
  ...topUp,
  status: 'off',
  enabled: false,
  threshold: null,
  packId: null,
  credits: null,
  price: null,
  chargesPerCycleMax: null,
  chargesThisCycle: 0,
  creditsThisCycle: '0',
};

const line = (resource: Resource<AutoTopUp>) => (
  <AutoTopUpView resource={resource} form={() => null} onBuyCredits={() => {}} />
);

interface FormProps {
  settings: AutoTopUp;
  available?: string;
  session?: PaymentSessionFlow;
}

function Form({ settings, available = '380', session = payment }: FormProps) {
  const format = useFormat();
  const { title } = useMessages('autoTopUp', autoTopUpMessages);
  return (
    <WidgetRoot name="auto-top-up-form" state={settings.status} label={title}>
      <Card title={title}>
        <div className="uk-section">
          <AutoTopUpForm
            topUp={settings}
            packs={packs}
            available={available}
            isSaving={false}
            hasFailed={false}
            onSave={() => {}}
            onClose={() => {}}
            payment={session}
            format={format}
          />
        </div>
      </Card>
    </WidgetRoot>
  );
}

const topUps: [string, Resource<AutoTopUp>][] = [
  ['on', resourceOf(topUp)],
  [
    'in money',
    resourceOf({
      ...topUp,
      status: 'capped',
      unit: { one: 'credit', other: 'credits', currency: 'USD' },
      threshold: '5',
      credits: '25',
      price: dollars('25'),
      total: dollars('25'),
      creditsThisCycle: '125',
      chargesThisCycle: 5,
    }),
  ],
  ['off', resourceOf(off)],
  ['pending', resourceOf({ ...topUp, status: 'pending' })],
  [
    'failed',
    resourceOf({
      ...topUp,
      status: 'failed',
      failure: 'The card was declined.',
      retryAt: '2026-11-22T14:05:00.000Z',
    }),
  ],
  ['capped', resourceOf({ ...topUp, status: 'capped', chargesThisCycle: 5, creditsThisCycle: '2500' })],
  ['still low after a charge', resourceOf({ ...topUp, status: 'waiting', chargesThisCycle: 1 })],
  ['pack not on sale', resourceOf({ ...topUp, status: 'not_sold' })],
  ['without a payment method', resourceOf({ ...topUp, status: 'no_payment_method', paymentMethod: null })],
  ['loading', loading()],
  ['stale', stale({ ...topUp, asOf })],
  ['error', failed()],
  ['not permitted', notPermitted()],
];

const activity = (
  fields: Pick<Activity, 'id' | 'kind' | 'description' | 'event' | 'at'> & Partial<Activity>,
): Activity => ({
  memberId: 'dana',
  memberName: 'Dana Reyes',
  reason: null,
  ...fields,
});

const activities: Activity[] = [
  activity({
    id: 'a1',
    kind: 'credits_purchased',
    description: '5500 credits bought for 40 USD',
    event: {
      kind: 'credits_bought',
      credits: '5500',
      price: { amount: '40', currency: 'USD' },
      source: 'purchase',
    },
    at: '2026-11-22T13:05:00.000Z',
  }),
  activity({
    id: 'a2',
    kind: 'auto_top_up_changed',
    description: 'Auto top-up buys 500 credits for 5 USD below 50 credits',
    event: {
      kind: 'auto_top_up_set',
      pack: '500',
      price: { amount: '5', currency: 'USD' },
      threshold: '50',
    },
    at: '2026-11-20T09:12:00.000Z',
  }),
  activity({
    id: 'a3',
    kind: 'credits_adjusted',
    description: '120 credits added',
    event: { kind: 'credits_adjusted', amount: '120', unit: 'credits' },
    reason: 'Made good for the outage of 14 November',
    memberId: null,
    at: '2026-11-16T16:40:00.000Z',
  }),
];

export const purchaseStates: GalleryState[] = [
  ...purchases.map(([state, props]) => ({ widget: 'PurchaseDialog', state, element: <Shown {...props} /> })),
  { widget: 'PurchaseDialog', state: 'in its dialog', element: <Opener /> },
  ...topUps.map(([state, resource]) => ({ widget: 'AutoTopUp', state, element: line(resource) })),
  { widget: 'AutoTopUp', state: 'form', element: <Form settings={topUp} /> },
  {
    widget: 'AutoTopUp',
    state: 'form, first charge at once',
    element: <Form settings={{ ...topUp, chargesPerCycleMax: null }} available="12" />,
  },
  { widget: 'AutoTopUp', state: 'form, off', element: <Form settings={off} /> },
  {
    widget: 'AutoTopUp',
    state: 'form, payment page not opened',
    element: <Form settings={topUp} session={pageFailed} />,
  },
  {
    widget: 'AutoTopUp',
    state: 'form, without a payment method',
    element: <Form settings={{ ...topUp, paymentMethod: null }} />,
  },
  {
    widget: 'ActivityLog',
    state: 'ready',
    element: <ActivityLogView resource={resourceOf({ items: activities, nextCursor: null })} />,
  },
  {
    widget: 'ActivityLog',
    state: 'empty',
    element: <ActivityLogView resource={resourceOf({ items: [], nextCursor: null })} />,
  },
  { widget: 'ActivityLog', state: 'loading', element: <ActivityLogView resource={loading()} /> },
  {
    widget: 'ActivityLog',
    state: 'stale',
    element: <ActivityLogView resource={stale({ items: activities, nextCursor: null, asOf })} />,
  },
  { widget: 'ActivityLog', state: 'error', element: <ActivityLogView resource={failed()} /> },
  { widget: 'ActivityLog', state: 'not permitted', element: <ActivityLogView resource={notPermitted()} /> },
];

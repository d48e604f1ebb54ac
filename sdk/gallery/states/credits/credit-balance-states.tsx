import { CreditBalanceView } from '../../../src/components/credit-balance/index.ts';
import { resourceOf } from '../../../src/hooks/base/resource.ts';
import * as fixtures from '../../fixtures/credits.ts';
import { failed, type GalleryState, loading, notPermitted, stale } from '../../gallery-state.ts';

const nothing = () => {};
const actions = { onBuyCredits: nothing, onShowHeld: nothing, onShowLedger: nothing, onOpenTask: nothing };

const widget = 'CreditBalance';
const shown = (state: string, data: (typeof fixtures)['credits']): GalleryState => ({
  widget,
  state,
  element: <CreditBalanceView {...actions} resource={resourceOf(data)} />,
});

export const creditBalanceStates: GalleryState[] = [
  shown('ready', fixtures.credits),
  shown('low', fixtures.lowCredits),
  shown('out of credits', fixtures.outOfCredits),
  shown('overdrawn', fixtures.overdrawnCredits),
  shown('empty', fixtures.emptyCredits),
  shown('in money', fixtures.moneyCredits),
  shown('many grants', fixtures.manyGrantsCredits),
  shown('may not buy', { ...fixtures.outOfCredits, canPurchase: false }),
  { widget, state: 'loading', element: <CreditBalanceView resource={loading()} /> },
  { widget, state: 'stale', element: <CreditBalanceView {...actions} resource={stale(fixtures.credits)} /> },
  { widget, state: 'error', element: <CreditBalanceView resource={failed()} /> },
  { widget, state: 'not permitted', element: <CreditBalanceView resource={notPermitted()} /> },
];

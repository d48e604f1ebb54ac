import { act, render, screen, waitFor } from '@testing-library/react';
import { UsageKitProvider, useAutoTopUp, usePurchase } from '@usagekit/react';
import { createUsageKitMock, type MockViewer, type UsageKitMock } from '@usagekit/react/testing';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { Balance } from './figures.tsx';

function Shop() {
  const { status, packId, error, buy, reset } = usePurchase();
  return (
    <>
      <output aria-label="purchase">{`${status} ${packId ?? '-'} ${error?.code ?? ''}`.trim()}</output>
      <button type="button" onClick={() => void buy('pack-500')}>
        Buy 500
      </button>
      <button type="button" onClick={() => void buy('pack-5000')}>
        Buy 5,000
      </button>
      <button type="button" onClick={reset}>
        Close
      </button>
    </>
  );
}

function show(mock: UsageKitMock, role: MockViewer = 'owner') {
  return render(
    <UsageKitProvider client={mock.client()} session={mock.session({ role })}>
      <Balance />
      <Shop />
    </UsageKitProvider>,
  );
}

const click = (name: string) => act(() => screen.getByRole('button', { name }).click());
const purchase = () => screen.getByLabelText('purchase');
const balance = () => screen.getByLabelText('balance');
const keysOf = (mock: UsageKitMock) =>
  new Set(mock.requests('POST *purchase').map(({ idempotencyKey }) => idempotencyKey));

afterEach(() => {
  sessionStorage.clear();
});

describe('a purchase of credits', () => {
  it('C6: adds the pack to Available once it is final', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    await mock.addPaymentMethod();
    show(mock);
    await waitFor(() => expect(balance()).toHaveTextContent('ready 380'));
    click('Buy 5,000');
    await waitFor(() => expect(purchase()).toHaveTextContent('succeeded pack-5000'));
    await waitFor(() => expect(balance()).toHaveTextContent('ready 5880'));
  });

  it('C6: is asked for at once when the page on which it was confirmed is left for this one', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    await mock.addPaymentMethod('needs_action');
    show(mock);
    await waitFor(() => expect(balance()).toHaveTextContent('ready 380'));
    click('Buy 500');
    await waitFor(() => expect(purchase()).toHaveTextContent('needs_action pack-500'));
    const asked = mock.requests('POST *purchase').length;
    act(() => void document.dispatchEvent(new Event('visibilitychange')));
    // Well before the next turn, which is three seconds away.
    await waitFor(() => expect(mock.requests('POST *purchase')).toHaveLength(asked + 1), { timeout: 1_000 });
    expect(keysOf(mock).size).toBe(1);
  });

  it('F2: buys once whatever is clicked', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    await mock.addPaymentMethod();
    show(mock);
    await waitFor(() => expect(balance()).toHaveTextContent('ready 380'));
    click('Buy 500');
    click('Buy 500');
    click('Buy 5,000');
    await waitFor(() => expect(balance()).toHaveTextContent('ready 880'));
    expect(keysOf(mock).size).toBe(1);
  });

  it('F2: that got no answer is taken up under its key and not bought twice', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    await mock.addPaymentMethod();
    // The server carries it out, and its answer is lost.
    const mend = mock.fault({ on: 'POST *purchase', kind: 'truncated_json' });
    const { unmount } = show(mock);
    await waitFor(() => expect(balance()).toHaveTextContent('ready 380'));
    click('Buy 500');
    await waitFor(() => expect(purchase()).toHaveTextContent('unknown pack-500 malformed_answer'));
    mend();
    // As after a reload of the page.
    unmount();
    show(mock);
    await waitFor(() => expect(purchase()).toHaveTextContent('succeeded pack-500'));
    await waitFor(() => expect(balance()).toHaveTextContent('ready 880'));
    expect(keysOf(mock).size).toBe(1);
  });

  it('is a new one after the last was final', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    await mock.addPaymentMethod();
    show(mock);
    await waitFor(() => expect(balance()).toHaveTextContent('ready 380'));
    for (const available of ['880', '1380']) {
      click('Buy 500');
      await waitFor(() => expect(purchase()).toHaveTextContent('succeeded pack-500'));
      await waitFor(() => expect(balance()).toHaveTextContent(`ready ${available}`));
      click('Close');
      expect(purchase()).toHaveTextContent('idle -');
    }
    expect(keysOf(mock).size).toBe(2);
  });

  it('A6: is refused to a member without the right, and nothing is kept of it', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    await mock.addPaymentMethod();
    show(mock, 'member');
    await waitFor(() => expect(balance()).toHaveTextContent('ready 380'));
    click('Buy 500');
    await waitFor(() => expect(purchase()).toHaveTextContent('refused pack-500 forbidden'));
    expect(sessionStorage).toHaveLength(0);
  });
});

describe('auto top-up', () => {
  function Settings() {
    const { status, data, saveError, save } = useAutoTopUp();
    return (
      <>
        <output aria-label="top-up">
          {`${status} ${data?.status ?? '-'} ${saveError?.code ?? ''}`.trim()}
        </output>
        <button
          type="button"
          onClick={() => void save({ enabled: true, threshold: '100', packId: 'pack-500' })}
        >
          Switch on
        </button>
      </>
    );
  }

  it('C8: is set, and buys when the balance falls below the threshold', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    await mock.addPaymentMethod();
    render(
      <UsageKitProvider client={mock.client()} session={mock.session()}>
        <Balance />
        <Settings />
      </UsageKitProvider>,
    );
    await waitFor(() => expect(screen.getByLabelText('top-up')).toHaveTextContent('ready off'));
    click('Switch on');
    await waitFor(() => expect(screen.getByLabelText('top-up')).toHaveTextContent('ready ready'));
    await mock.account().spendDownTo(90);
    await waitFor(() => expect(balance()).toHaveTextContent('ready 590'));
  });
});

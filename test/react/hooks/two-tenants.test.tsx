import { render, screen, waitFor } from '@testing-library/react';
import { UsageKitProvider } from '@usagekit/react';
import { createUsageKitMock } from '@usagekit/react/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Balance, figures } from './figures.tsx';

describe.each(figures)(
  'two tenants on one page, with $of,',
  ({ Figure, acme, acmeAfter80, globex, globexAfter80 }) => {
    it('F10: each see their own figures, with one client', async () => {
      const mock = createUsageKitMock({ afterEach: onTestFinished });
      await mock.addAccount('globex', { planId: 'free' });
      const client = mock.client();
      const Both = () => (
        <>
          <UsageKitProvider client={client} session={mock.session()}>
            <Figure name="acme" />
          </UsageKitProvider>
          <UsageKitProvider client={client} session={mock.session({ accountId: 'globex' })}>
            <Figure name="globex" />
          </UsageKitProvider>
        </>
      );
      const { rerender } = render(<Both />);
      await waitFor(() => expect(screen.getByLabelText('acme')).toHaveTextContent(acme));
      await waitFor(() => expect(screen.getByLabelText('globex')).toHaveTextContent(globex));
      expect(screen.getByLabelText('acme')).toHaveTextContent(acme);
      const asked = mock.requests().length;
      rerender(<Both />);
      expect(mock.requests()).toHaveLength(asked);
    });

    it('F10: survive the unmounting of one of them', async () => {
      const mock = createUsageKitMock({ afterEach: onTestFinished });
      await mock.addAccount('globex', { planId: 'free' });
      const client = mock.client();
      const Page = ({ both }: { both: boolean }) => (
        <>
          {both && (
            <UsageKitProvider client={client} session={mock.session()}>
              <Figure name="acme" />
            </UsageKitProvider>
          )}
          <UsageKitProvider client={client} session={mock.session({ accountId: 'globex' })}>
            <Figure name="globex" />
          </UsageKitProvider>
        </>
      );
      const { rerender } = render(<Page both />);
      await waitFor(() => expect(screen.getByLabelText('globex')).toHaveTextContent(globex));
      rerender(<Page both={false} />);
      await mock.account('globex').spend(80);
      await mock.account().spend(80);
      await waitFor(() => expect(screen.getByLabelText('globex')).toHaveTextContent(globexAfter80));
      rerender(<Page both />);
      await waitFor(() => expect(screen.getByLabelText('acme')).toHaveTextContent(acmeAfter80));
    });
  },
);

describe('sessions on one page', () => {
  it('F10: on two servers with the same account id do not share a cache', async () => {
    const near = createUsageKitMock({ scenario: 'nearLimit', afterEach: onTestFinished });
    const out = createUsageKitMock({ scenario: 'outOfCredits', afterEach: onTestFinished });
    render(
      <>
        <UsageKitProvider client={near.client()} session={near.session()}>
          <Balance name="near" />
        </UsageKitProvider>
        <UsageKitProvider client={out.client()} session={out.session()}>
          <Balance name="out" />
        </UsageKitProvider>
      </>,
    );
    await waitFor(() => expect(screen.getByLabelText('near')).toHaveTextContent('ready 80'));
    await waitFor(() => expect(screen.getByLabelText('out')).toHaveTextContent('ready 0'));
  });

  it('share one stream where they are the same session, and one answer', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    const client = mock.client();
    render(
      <>
        <UsageKitProvider client={client} session={mock.session()}>
          <Balance name="first" />
          <Balance name="second" />
        </UsageKitProvider>
        <UsageKitProvider client={client} session={mock.session()}>
          <Balance name="third" />
        </UsageKitProvider>
      </>,
    );
    for (const name of ['first', 'second', 'third']) {
      await waitFor(() => expect(screen.getByLabelText(name)).toHaveTextContent('ready 380'));
    }
    await mock.account().spend(30);
    await waitFor(() => expect(screen.getByLabelText('third')).toHaveTextContent('ready 350'));
    expect(mock.requests('GET *stream')).toHaveLength(1);
  });
});

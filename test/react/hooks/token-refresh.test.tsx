import { render, screen, waitFor } from '@testing-library/react';
import { createClient, UsageKitProvider } from '@usagekit/react';
import { createUsageKitMock } from '@usagekit/react/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Balance, SummaryCredits } from './figures.tsx';

describe('the token of a session', () => {
  it('that ended on the server is renewed and the widgets go on', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    const getToken = vi.fn(async () => mock.tokenFor({ lifetimeSeconds: 60 }));
    const client = createClient({ baseUrl: 'https://usage.test', fetch: mock.fetch, getToken });
    render(
      <UsageKitProvider client={client} session={mock.session()}>
        <Balance />
        <SummaryCredits />
      </UsageKitProvider>,
    );
    await waitFor(() => expect(screen.getByLabelText('balance')).toHaveTextContent('ready 380'));
    expect(getToken).toHaveBeenCalledTimes(1);
    await mock.clock.advance('2m');
    await mock.account().spend(5);
    await waitFor(() => expect(screen.getByLabelText('balance')).toHaveTextContent('ready 375'));
    await waitFor(() => expect(screen.getByLabelText('summary')).toHaveTextContent('ready 375'));
  });

  it('that cannot be had is an error that can be tried again', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    let signedIn = false;
    const getToken = () => (signedIn ? mock.tokenFor() : Promise.reject(new Error('signed out')));
    const client = createClient({ baseUrl: 'https://usage.test', fetch: mock.fetch, getToken });
    render(
      <UsageKitProvider client={client} session={mock.session()}>
        <SummaryCredits />
      </UsageKitProvider>,
    );
    await waitFor(() =>
      expect(screen.getByLabelText('summary')).toHaveTextContent('error - token_unavailable'),
    );
    signedIn = true;
    await waitFor(() => expect(screen.getByLabelText('summary')).toHaveTextContent('ready 380'));
  });
});

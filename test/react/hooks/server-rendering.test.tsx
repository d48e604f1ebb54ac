import { act, screen, waitFor, within } from '@testing-library/react';
import {
  type FirstAnswers,
  readFirstAnswers,
  type Session,
  UsageKitProvider,
  WithFirstAnswers,
} from '@usagekit/react';
import { createUsageKitMock, type UsageKitMock } from '@usagekit/react/testing';
import { UsagePage } from '@usagekit/react/usage-page';
import { type ReactNode, StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { figures } from './figures.tsx';

async function takeOver(html: string, page: ReactNode) {
  const container = document.body.appendChild(document.createElement('div'));
  container.innerHTML = html;
  const onRecoverableError = vi.fn();
  const root = await act(async () => hydrateRoot(container, page, { onRecoverableError }));
  onTestFinished(() => {
    act(() => root.unmount());
    container.remove();
  });
  return { root, container, onRecoverableError };
}

describe.each(figures)('rendering on a server, with $of,', ({ Figure, acme }) => {
  it('F10: asks nothing, and is taken over in the browser without a mismatch', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    const client = mock.client();
    const page = (
      <StrictMode>
        <UsageKitProvider client={client} session={mock.session()}>
          <Figure name="figure" />
        </UsageKitProvider>
      </StrictMode>
    );
    const html = renderToString(page);
    expect(html).toContain('loading -');
    expect(mock.requests()).toHaveLength(0);

    const { onRecoverableError } = await takeOver(html, page);
    await waitFor(() => expect(screen.getByLabelText('figure')).toHaveTextContent(acme));
    expect(onRecoverableError).not.toHaveBeenCalled();
    // The stream comes right after the figures.
    await waitFor(() => expect(mock.requests('GET *stream')).toHaveLength(1));
  });
});

describe('rendering on a server, with what it read first,', () => {
  /** The page of usage as a server sends it, and what the browser is given with it. */
  async function usagePageOf(mock: UsageKitMock, session = mock.session()) {
    const sent = JSON.stringify(await readFirstAnswers(mock.client(), session));
    const client = mock.client();
    const page = (shown: Session | null = mock.session()) => (
      <StrictMode>
        <UsageKitProvider client={client} session={shown}>
          <WithFirstAnswers answers={JSON.parse(sent) as FirstAnswers}>
            <UsagePage />
          </WithFirstAnswers>
        </UsageKitProvider>
      </StrictMode>
    );
    const before = mock.requests().length;
    const html = renderToString(page());
    expect(mock.requests()).toHaveLength(before);
    return { html, page };
  }

  it('E1, F10: sends the figures of the usage page in the page itself, and asks for nothing to do so', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    const { html } = await usagePageOf(mock);
    const container = document.createElement('div');
    container.innerHTML = html;
    const usage = await mock.client().usage(mock.session().accountId);
    const meters = usage.groups.flatMap((group) => group.meters);
    expect(meters.length).toBeGreaterThan(0);
    for (const { label } of meters) expect(container).toHaveTextContent(label);
    const shown = within(container).getAllByRole('meter');
    expect(shown.map((meter) => meter.getAttribute('aria-valuetext')).join()).toMatch(/\d/);
    const { available } = await mock.client().credits(mock.session().accountId);
    expect(container).toHaveTextContent(Number(available).toLocaleString('en'));
    expect(container.querySelector('[data-widget="usage-panel"]')).toHaveAttribute('data-state', 'ok');
  });

  it('F10: is taken over in the browser without a mismatch, and is live from then on', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    const { html, page } = await usagePageOf(mock);
    const { container, onRecoverableError } = await takeOver(html, page());
    expect(container.querySelector('[data-widget="credit-balance"]')).toHaveAttribute('data-state', 'ok');
    await waitFor(() => expect(mock.requests('GET *stream')).toHaveLength(1));
    await waitFor(() => expect(mock.requests('GET *usage').length).toBeGreaterThan(0));
    await act(() => mock.account().grant(98_765));
    const { available } = await mock.client().credits(mock.session().accountId);
    await waitFor(() => expect(container).toHaveTextContent(Number(available).toLocaleString('en')));
    // Code that is loaded later is waited for by servers that stream (pages/hydration). All else has to match.
    for (const [error] of onRecoverableError.mock.calls)
      expect(String(error)).toMatch(/does not support Suspense/);
  });

  it('F10: shows nothing that was read for another session, nor what was there before a sign-out', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    const other = await usagePageOf(mock, { ...mock.session(), memberId: 'somebody-else' });
    expect(other.html).not.toContain('role="meter"');
    const { html, page } = await usagePageOf(mock);
    const { root, container } = await takeOver(html, page());
    await act(async () => root.render(page(null)));
    expect(container.querySelector('[role="meter"]')).toBeNull();
    mock.hold('GET *');
    await act(async () => root.render(page()));
    expect(container.querySelector('[role="meter"]')).toBeNull();
  });
});

import { act, render, screen, waitFor } from '@testing-library/react';
import { UsageKitProvider } from '@usagekit/react';
import { createUsageKitMock } from '@usagekit/react/testing';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Balance } from './figures.tsx';

function setVisibility(state: DocumentVisibilityState) {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  act(() => {
    document.dispatchEvent(new Event('visibilitychange'));
  });
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a hidden tab', () => {
  it('holds no stream, and is right as soon as it is seen', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    setVisibility('hidden');
    render(
      <UsageKitProvider client={mock.client()} session={mock.session()}>
        <Balance />
      </UsageKitProvider>,
    );
    await waitFor(() => expect(screen.getByLabelText('balance')).toHaveTextContent('ready 380'));
    await mock.account().spend(30);
    expect(mock.requests('GET *stream')).toHaveLength(0);
    setVisibility('visible');
    await waitFor(() => expect(screen.getByLabelText('balance')).toHaveTextContent('ready 350'));
    expect(mock.requests('GET *stream')).toHaveLength(1);
  });

  it('lets go of its stream at once, so that the server ends it', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    render(
      <UsageKitProvider client={mock.client()} session={mock.session()}>
        <Balance />
      </UsageKitProvider>,
    );
    await waitFor(() => expect(mock.requests('GET *stream').map(({ status }) => status)).toEqual([200]));
    expect(mock.openStreams()).toBe(1);
    setVisibility('hidden');
    await waitFor(() => expect(mock.openStreams()).toBe(0));
  });
});

import { act, screen, waitFor } from '@testing-library/react';
import { UsageKitProvider } from '@usagekit/react';
import { createUsageKitMock } from '@usagekit/react/testing';
import { StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { figures } from './figures.tsx';

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

    const container = document.body.appendChild(document.createElement('div'));
    container.innerHTML = html;
    const onRecoverableError = vi.fn();
    const root = await act(async () => hydrateRoot(container, page, { onRecoverableError }));
    onTestFinished(() => {
      act(() => root.unmount());
      container.remove();
    });
    await waitFor(() => expect(screen.getByLabelText('figure')).toHaveTextContent(acme));
    expect(onRecoverableError).not.toHaveBeenCalled();
    // The stream comes right after the figures.
    await waitFor(() => expect(mock.requests('GET *stream')).toHaveLength(1));
  });
});

import { createUsageKitMock, renderWithUsageKit } from '@usagekit/react/testing';
import { expect, it, vi } from 'vitest';
import { Credits } from './credits.jsx';

it('offers another try when the first answer fails', async () => {
  const mock = createUsageKitMock();
  mock.fault({ on: 'GET *stream', kind: 'offline' });
  const mend = mock.fault({ on: 'GET *credits', status: 503, body: {}, delay: '20ms' });
  const { container } = renderWithUsageKit(<Credits />, { mock });
  const button = await vi.waitFor(() => {
    const found = container.querySelector('button');
    expect(found).not.toBeNull();
    return found;
  }, 10_000);
  mend();
  button.click();
  await vi.waitFor(() => expect(container.textContent).toBe('380 credits'), 10_000);
});

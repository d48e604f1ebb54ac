import { render, screen } from '@testing-library/react';
import { useCreditBalance } from '@usagekit/react';
import { CreditBalance } from '@usagekit/react/credit-balance';
import {
  cleanupUsageKit,
  createUsageKitMock,
  renderHook,
  renderWithUsageKit,
  usageKitWrapper,
} from '@usagekit/react/testing';
import { createContext, type ReactNode, useContext } from 'react';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';

afterEach(cleanupUsageKit);

const setUp = () => {
  const mock = createUsageKitMock({ afterEach: onTestFinished });
  onTestFinished(() => mock.close());
  return mock;
};

function Balance() {
  const { status, data } = useCreditBalance();
  return <output>{`${status} ${data?.available ?? '-'}`}</output>;
}

const isLive = (mock: ReturnType<typeof setUp>) => expect.poll(() => mock.openStreams()).toBe(1);

describe('F27: the mock with React', () => {
  it('runs a hook, and shows it what changes', async () => {
    const mock = setUp();
    const { result } = renderHook(() => useCreditBalance(), { mock, role: 'owner' });
    await vi.waitFor(() => expect(result.current.data?.available).toBe('380'), 10_000);
    await isLive(mock);
    await mock.account().spend(30);
    expect(result.current.data?.available).toBe('350');
  });

  it('tells an option that it does not have, such as a locale that belongs to the provider', () => {
    const options = { mock: setUp(), locale: 'de-DE' };
    for (const made of [
      () => renderWithUsageKit(<Balance />, options),
      () => renderHook(() => useCreditBalance(), options),
      () => usageKitWrapper(options),
    ])
      expect(made).toThrow(/'locale' is none; accepted are .*provider/);
    expect(document.querySelector('output')).toBeNull();
  });

  it('is a wrapper for Testing Library', async () => {
    render(<Balance />, { wrapper: usageKitWrapper({ mock: setUp(), role: 'member' }) });
    expect(await screen.findByText('ready 380')).toBeVisible();
  });

  it('puts what a host needs around the provider', async () => {
    const Tenant = createContext('none');
    const Named = () => <p>{useContext(Tenant)}</p>;
    const wrapper = ({ children }: { children: ReactNode }) => <Tenant value="acme">{children}</Tenant>;
    renderWithUsageKit(<Named />, { mock: setUp(), wrapper });
    expect(screen.getByText('acme')).toBeVisible();
  });

  it('has what is shown follow each change before it settles, without a warning of act', async () => {
    const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const mock = setUp();
    renderWithUsageKit(<Balance />, { mock });
    await screen.findByText('ready 380');
    await isLive(mock);
    await mock.account().spend(30);
    expect(screen.getByText('ready 350')).toBeVisible();
    await mock.account().grant(5);
    expect(screen.getByText('ready 355')).toBeVisible();
    await mock.clock.advanceToReset();
    expect(screen.getByText('ready 1005')).toBeVisible();
    expect(errors).not.toHaveBeenCalled();
  });

  it('has what is shown follow a reset', async () => {
    const mock = setUp();
    renderWithUsageKit(<Balance />, { mock });
    await screen.findByText('ready 380');
    await isLive(mock);
    await mock.clock.advance({ days: 40 });
    expect(screen.getByText('ready 1000')).toBeVisible();
    await mock.reset();
    expect(await screen.findByText('ready 380')).toBeVisible();
  });

  it('tells changes while the timers of the test are fake', async () => {
    const mock = setUp();
    renderWithUsageKit(<Balance />, { mock });
    await screen.findByText('ready 380');
    await isLive(mock);
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    await mock.account().spend(30);
    expect(screen.getByText('ready 350')).toBeVisible();
  });

  it('renders a widget to the same markup wherever in a file it is rendered', async () => {
    const { stableMarkup } = await import('@usagekit/react/testing');
    const markups = [];
    for (let run = 0; run < 2; run += 1) {
      const { container, unmount } = renderWithUsageKit(<CreditBalance />, { mock: setUp() });
      await vi.waitFor(() => expect(container.textContent).toContain('380'), 10_000);
      markups.push(stableMarkup(container));
      unmount();
    }
    expect(markups[1]).toBe(markups[0]);
  });
});

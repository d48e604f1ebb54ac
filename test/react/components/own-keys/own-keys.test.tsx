import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { OwnKeys, useOwnKeys } from '@usagekit/react';
import {
  cleanupUsageKit,
  createUsageKitMock,
  renderHook,
  renderWithUsageKit,
  type UsageKitMock,
} from '@usagekit/react/testing';
import type { Items, OwnKey } from '@usagekit/server/contract';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import automation from '../../../../server/src/catalogs/automation.ts';

afterEach(cleanupUsageKit);

/** The automation platform, whose models are of two providers. */
const mockNow = () =>
  createUsageKitMock({ catalog: automation, scenario: 'fresh', afterEach: onTestFinished });

const keysOf = async (mock: UsageKitMock) => {
  const { token } = await mock.tokenFor();
  const path = `/v1/accounts/${mock.account().id}/own-keys`;
  const answer = await mock.fetch(`https://usage.test${path}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  return ((await answer.json()) as Items<OwnKey>).items.map(({ provider }) => provider);
};

/** Says that the account's own key is in use, as the host does once it has the key. */
async function useKeyOf(mock: UsageKitMock, provider: string) {
  const { token } = await mock.tokenFor();
  const path = `/v1/accounts/${mock.account().id}/own-keys/${provider}`;
  const { status } = await mock.fetch(`https://usage.test${path}`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ label: 'Team key', lastFour: 'a1b2' }),
  });
  expect(status).toBe(200);
}

const widget = () => document.querySelector<HTMLElement>('[data-widget="own-keys"]');
const whenWidgetIs = (state: string) => waitFor(() => expect(widget()?.dataset.state).toBe(state));
const rowOf = (name: string) => {
  const row = screen.getByText(name).closest<HTMLElement>('.uk-setting');
  if (!row) throw new Error(`${name} has no row.`);
  return row;
};

describe('OwnKeys', () => {
  it('D4: has a row for each provider of models, with who bills it and what a key covers', async () => {
    const mock = mockNow();
    await mock.ready;
    await useKeyOf(mock, 'anthropic');
    renderWithUsageKit(<OwnKeys />, { mock });
    await whenWidgetIs('ready');
    expect(rowOf('anthropic')).toHaveTextContent('Your key');
    expect(rowOf('anthropic')).toHaveTextContent('Team key, ending in a1b2');
    expect(rowOf('anthropic')).toHaveTextContent('Models: Haiku and Sonnet');
    expect(rowOf('openai')).toHaveTextContent('Models: Mini');
    expect(rowOf('openai')).toHaveTextContent('Billed here');
    expect(widget()).toHaveTextContent('Only members who manage this account can see and change them.');
  });

  it("D4: says that another provider's key leaves a feature on the platform's billing", async () => {
    const mock = mockNow();
    await mock.ready;
    const features = [{ label: 'search', provider: 'openai' }];
    renderWithUsageKit(<OwnKeys features={features} providerNames={{ openai: 'OpenAI' }} />, { mock });
    await whenWidgetIs('ready');
    expect(rowOf('OpenAI')).toHaveTextContent('For search only a key of OpenAI counts.');
    await useKeyOf(mock, 'anthropic');
    await waitFor(() =>
      expect(rowOf('OpenAI')).toHaveTextContent(
        "Only a key of OpenAI counts for search. Another provider's key leaves it billed here.",
      ),
    );
    await useKeyOf(mock, 'openai');
    await waitFor(() => expect(rowOf('OpenAI')).toHaveTextContent('Also for search.'));
  });

  it('D4: removes a key only once the reader has read what it leads to, and falls back to the platform', async () => {
    const mock = mockNow();
    await mock.ready;
    await useKeyOf(mock, 'anthropic');
    const onRemoved = vi.fn();
    renderWithUsageKit(<OwnKeys onRemoved={onRemoved} />, { mock });
    await whenWidgetIs('ready');
    const open = () => userEvent.click(screen.getByRole('button', { name: 'Remove your key of anthropic' }));
    await open();
    expect(screen.getByRole('dialog')).toHaveTextContent(
      'what you use of anthropic is billed here again, at the prices of your plan.',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Keep the key' }));
    expect(await keysOf(mock)).toEqual(['anthropic']);
    await open();
    await userEvent.click(screen.getByRole('button', { name: 'Remove, and be billed here' }));
    await waitFor(() => expect(rowOf('anthropic')).toHaveTextContent('Billed here'));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(await keysOf(mock)).toEqual([]);
    expect(onRemoved.mock.calls).toEqual([['anthropic']]);
  });

  it('D4: says that a key could not be removed, and removes it at the next try', async () => {
    const mock = mockNow();
    await mock.ready;
    await useKeyOf(mock, 'anthropic');
    const onRemoved = vi.fn();
    renderWithUsageKit(<OwnKeys onRemoved={onRemoved} />, { mock });
    await whenWidgetIs('ready');
    mock.fault({ on: 'DELETE *own-keys/anthropic', status: 418, body: {}, times: 1 });
    await userEvent.click(screen.getByRole('button', { name: 'Remove your key of anthropic' }));
    const dialog = within(screen.getByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Remove, and be billed here' }));
    expect(await dialog.findByRole('alert')).toHaveTextContent('The key could not be removed. Try again.');
    expect(onRemoved).not.toHaveBeenCalled();
    await userEvent.click(dialog.getByRole('button', { name: 'Remove, and be billed here' }));
    await waitFor(() => expect(onRemoved).toHaveBeenCalledWith('anthropic'));
  });

  it('D4: leads to where the host takes a key, and shows it as soon as it is in use', async () => {
    const mock = mockNow();
    await mock.ready;
    const onAdd = vi.fn();
    const { rerender } = renderWithUsageKit(<OwnKeys onAdd={onAdd} />, { mock });
    await whenWidgetIs('ready');
    await userEvent.click(screen.getByRole('button', { name: 'Add key of openai' }));
    expect(onAdd.mock.calls).toEqual([['openai']]);
    await useKeyOf(mock, 'openai');
    await waitFor(() => expect(rowOf('openai')).toHaveTextContent('Your key'));
    rerender(<OwnKeys />);
    expect(screen.queryByRole('button', { name: /^Add/ })).toBeNull();
  });

  it('D4: shows a role that may not manage the account nothing of its keys', async () => {
    const mock = mockNow();
    renderWithUsageKit(<OwnKeys />, { mock, role: 'member' });
    await whenWidgetIs('not_permitted');
    expect(widget()).not.toHaveTextContent('anthropic');
  });

  it('D4: counts the models after the fourth, and says so where no provider has any', () => {
    const asOf = '2026-11-22T12:00:00Z';
    const models = ['A', 'B', 'C', 'D', 'E', 'F'];
    const { rerender } = render(
      <OwnKeys data={{ items: [{ provider: 'acme', models, key: null }], asOf }} />,
    );
    expect(rowOf('acme')).toHaveTextContent('Models: A, B, C, D, and 2 more');
    rerender(<OwnKeys data={{ items: [{ provider: 'acme', models: models.slice(1), key: null }], asOf }} />);
    expect(rowOf('acme')).toHaveTextContent('Models: B, C, D, E, and F');
    rerender(<OwnKeys data={{ items: [], asOf }} />);
    expect(widget()).toHaveTextContent('No provider takes your own key');
  });
});

describe('useOwnKeys', () => {
  it('D4: says that a key is in use once it is saved, and why it was not', async () => {
    const mock = mockNow();
    const { result } = renderHook(() => useOwnKeys(), { mock });
    await waitFor(() => expect(result.current.status).toBe('ready'));
    const key = { label: 'Team key', lastFour: 'a1b2' };
    expect(await result.current.save('openai', key)).toBe(true);
    await waitFor(() =>
      expect(result.current.data?.items.find(({ provider }) => provider === 'openai')?.key).toEqual(key),
    );
    expect(await result.current.save('nobody', key)).toBe(false);
    await waitFor(() => expect(result.current.changeError?.code).toBe('invalid_request'));
  });
});

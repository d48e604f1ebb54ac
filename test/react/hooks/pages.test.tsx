import { act, render, screen, waitFor } from '@testing-library/react';
import { UsageKitProvider } from '@usagekit/react';
import { createUsageKitMock } from '@usagekit/react/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { TaskNames } from './figures.tsx';

const tasks = () => screen.getByLabelText('tasks');
const more = () => act(() => screen.getByRole('button', { name: 'More' }).click());

function show() {
  const mock = createUsageKitMock({ afterEach: onTestFinished });
  render(
    <UsageKitProvider client={mock.client()} session={mock.session()}>
      <TaskNames />
    </UsageKitProvider>,
  );
  return mock;
}

describe('a list in pages', () => {
  it('adds the next page to what is shown until there is none', async () => {
    show();
    await waitFor(() => expect(tasks()).toHaveTextContent('ready 10 more'));
    more();
    await waitFor(() => expect(tasks()).toHaveTextContent('ready 20 more'));
    more();
    await waitFor(() => expect(tasks()).toHaveTextContent('ready 30 more'));
    more();
    await waitFor(() => expect(tasks()).toHaveTextContent('ready 37 all'));
  });

  it('F5: takes up a task that is added meanwhile without a request, and keeps all its items, none twice', async () => {
    const mock = show();
    await waitFor(() => expect(tasks()).toHaveTextContent('ready 10 more'));
    more();
    await waitFor(() => expect(tasks()).toHaveTextContent('ready 20 more'));
    await mock.account().runTask('One more', { memberId: 'owner' });
    const asked = mock.requests('GET /v1/tasks').length;
    await waitFor(() => expect(tasks()).toHaveTextContent('ready 21 more'));
    expect(mock.requests('GET /v1/tasks')).toHaveLength(asked);
    more();
    more();
    await waitFor(() => expect(tasks()).toHaveTextContent('ready 31 more'));
  });

  it('keeps what is shown where the next page fails, and takes it up again', async () => {
    const mock = show();
    await waitFor(() => expect(tasks()).toHaveTextContent('ready 10 more'));
    mock.fault({ on: 'GET /v1/tasks', kind: 'offline', times: 1 });
    more();
    await waitFor(() => expect(mock.requests('GET /v1/tasks')).toHaveLength(2));
    expect(tasks()).toHaveTextContent('ready 10 more');
    await waitFor(() => {
      more();
      expect(tasks()).toHaveTextContent('ready 20 more');
    });
  });
});

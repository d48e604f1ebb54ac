import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ConnectBrowser, ConnectedBrowsers } from '@usagekit/react';
import {
  cleanupUsageKit,
  createUsageKitMock,
  type MockViewer,
  renderWithUsageKit,
  type UsageKitMock,
} from '@usagekit/react/testing';
import type { ExtensionToken, StartedPairing } from '@usagekit/server/contract';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { pairing } from '../../../../sdk/gallery/fixtures/browsers.ts';

afterEach(cleanupUsageKit);

const verifier = 'v'.repeat(43);
const origin = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';

/** What an extension does on its side. */
function createExtension(mock: UsageKitMock) {
  const send = async <Answer,>(path: string, body: object): Promise<Answer> => {
    const response = await mock.fetch(`https://usage.test${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: origin },
      body: JSON.stringify(body),
    });
    return (await response.json()) as Answer;
  };
  return {
    async begin(): Promise<StartedPairing> {
      const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
      const challenge = Buffer.from(hash).toString('base64url');
      return send('/v1/pairings', { browser: 'Chrome on Linux', challenge });
    },
    fetchToken: ({ deviceCode }: StartedPairing) =>
      send<ExtensionToken & { code?: string }>('/v1/pairings/token', { deviceCode, verifier }),
  };
}

async function scene(role: MockViewer = 'member') {
  const mock = createUsageKitMock({ afterEach: onTestFinished });
  onTestFinished(() => mock.close());
  const extension = createExtension(mock);
  const started = await extension.begin();
  renderWithUsageKit(<ConnectBrowser code={started.userCode} />, { mock, role });
  await screen.findByText(started.userCode);
  return { mock, extension, started };
}

const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));

describe('ConnectBrowser', () => {
  it('F26: says who asks, for what, and what it never may, before it connects anything', () => {
    const { container } = render(<ConnectBrowser data={pairing} />);
    expect(screen.getByText('WDJB-MJHT')).toBeInTheDocument();
    expect(container).toHaveTextContent('Chrome on Linux');
    expect(container).toHaveTextContent('chrome-extension://abcdefghijklmnopabcdefghijklmnop');
    expect(container).toHaveTextContent('read what you may see here');
    expect(container).toHaveTextContent('It cannotbuy, change or cancel anything');
    expect(container).toHaveTextContent('only if you have just pressed Connect');
  });

  it('F26: connects the browser as the member who is signed in, with one press', async () => {
    const { mock, extension, started } = await scene('member');
    expect((await extension.fetchToken(started)).code).toBe('authorization_pending');
    await press('Connect this browser');
    expect(await screen.findByText('The browser is connected')).toBeInTheDocument();
    await mock.clock.advance('5s');
    const { token } = await extension.fetchToken(started);
    const response = await mock.fetch('https://usage.test/v1/whoami', {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(await response.json()).toMatchObject({ caller: 'extension', role: 'member' });
  });

  it('F26: refuses it with one press, and nothing is handed out', async () => {
    const { mock, extension, started } = await scene('owner');
    await press('Refuse');
    expect(await screen.findByText('The browser was not connected')).toBeInTheDocument();
    await mock.clock.advance('5s');
    expect((await extension.fetchToken(started)).code).toBe('access_denied');
  });

  it('says where the code is wrong or its time is over, and takes another', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    onTestFinished(() => mock.close());
    renderWithUsageKit(<ConnectBrowser code="BBBB-BBBB" />, { mock, role: 'owner' });
    expect(await screen.findByText('This code is not known')).toBeInTheDocument();
    await press('Enter another code');
    const started = await createExtension(mock).begin();
    await userEvent.type(screen.getByLabelText('Code'), started.userCode.toLowerCase());
    await press('Continue');
    expect(await screen.findByText(started.userCode)).toBeInTheDocument();
  });

  it('keeps its question where the answer did not get through, and says so', async () => {
    const { mock } = await scene();
    mock.fault({ kind: 'offline' });
    await press('Connect this browser');
    expect(await screen.findByRole('alert')).toHaveTextContent('That did not get through. Try again.');
    expect(screen.getByRole('button', { name: 'Connect this browser' })).toBeEnabled();
  });
});

describe('ConnectedBrowsers', () => {
  it('F26: lists the browser on the page that approved it, once its extension has asked for its token', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    onTestFinished(() => mock.close());
    const extension = createExtension(mock);
    const started = await extension.begin();
    renderWithUsageKit(
      <>
        <ConnectBrowser code={started.userCode} />
        <ConnectedBrowsers memberId="owner" />
      </>,
      { mock, role: 'owner' },
    );
    await press('Connect this browser');
    await screen.findByText('The browser is connected');
    await screen.findByText('No browser is connected');
    await extension.fetchToken(started);
    await screen.findByRole('button', { name: 'Disconnect Chrome on Linux' });
  });

  it('F26: says the year of a day that is not in the present one', async () => {
    const { mock, extension, started } = await scene('owner');
    await press('Connect this browser');
    await screen.findByText('The browser is connected');
    await mock.clock.advance('5s');
    await extension.fetchToken(started);
    const connectedIn = mock.clock.now().getUTCFullYear();
    await mock.clock.advance({ days: 80 });
    expect(mock.clock.now().getUTCFullYear()).not.toBe(connectedIn);
    cleanupUsageKit();
    renderWithUsageKit(<ConnectedBrowsers memberId="owner" />, { mock, role: 'owner' });
    expect(await screen.findByRole('listitem')).toHaveTextContent(
      new RegExp(`Connected on \\w+ \\d+, ${connectedIn} · `),
    );
  });

  it('F26: lists the browser that was connected, and disconnects it at once', async () => {
    const { mock, extension, started } = await scene('owner');
    await press('Connect this browser');
    await screen.findByText('The browser is connected');
    await mock.clock.advance('5s');
    const { token } = await extension.fetchToken(started);
    cleanupUsageKit();

    renderWithUsageKit(<ConnectedBrowsers memberId="owner" />, { mock, role: 'owner' });
    const browser = await screen.findByRole('listitem');
    expect(browser).toHaveTextContent('Chrome on Linux');
    await userEvent.click(within(browser).getByRole('button', { name: 'Disconnect Chrome on Linux' }));
    await waitFor(() => expect(screen.getByText('No browser is connected')).toBeInTheDocument());
    const response = await mock.fetch('https://usage.test/v1/whoami', {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(401);
  });
});

import { render, screen, waitFor } from '@testing-library/react';
import { type Session, UsageKitProvider } from '@usagekit/react';
import { createUsageKitMock } from '@usagekit/react/testing';
import type { ComponentType } from 'react';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Balance, type FigureProps, figures } from './figures.tsx';

async function setUp(Figure: ComponentType<FigureProps>) {
  const mock = createUsageKitMock({ afterEach: onTestFinished });
  await mock.addAccount('globex', { planId: 'free' });
  const client = mock.client();
  const texts: string[] = [];
  const Page = ({ session }: { session: Session | null }) => (
    <UsageKitProvider client={client} session={session}>
      <Figure name="figure" />
    </UsageKitProvider>
  );
  const result = render(<Page session={mock.session()} />);
  const figure = () => screen.getByLabelText('figure');
  // Every text that is ever on the screen, also between two looks of the test.
  const watch = () => {
    const observer = new MutationObserver(() => texts.push(result.container.textContent ?? ''));
    observer.observe(result.container, { subtree: true, characterData: true, childList: true });
    onTestFinished(() => observer.disconnect());
  };
  return { mock, Page, ...result, figure, texts, watch };
}

describe.each(figures)('a switch of account, with $of,', ({ Figure, acme, acmeAfter80, globex }) => {
  it('shows nothing of the account before, at no instant', async () => {
    const { mock, Page, rerender, figure, texts, watch } = await setUp(Figure);
    await waitFor(() => expect(figure()).toHaveTextContent(acme));
    watch();
    rerender(<Page session={mock.session({ accountId: 'globex' })} />);
    expect(figure()).toHaveTextContent('loading -');
    await waitFor(() => expect(figure()).toHaveTextContent(globex));
    expect(texts.join()).not.toContain(acme);
  });

  it('asks for the new account with a token of its own', async () => {
    const { mock, Page, rerender, figure } = await setUp(Figure);
    await waitFor(() => expect(figure()).toHaveTextContent(acme));
    rerender(<Page session={mock.session({ accountId: 'globex' })} />);
    await waitFor(() => expect(figure()).toHaveTextContent(globex));
    const statuses = new Set(mock.requests('GET /v1/accounts/globex/*').map(({ status }) => status));
    expect([...statuses]).toEqual([200]);
  });

  it('to another member of the same account shows nothing of the one before', async () => {
    const { mock, Page, rerender, figure, texts, watch } = await setUp(Figure);
    await waitFor(() => expect(figure()).toHaveTextContent(acme));
    watch();
    rerender(<Page session={mock.session({ role: 'viewer' })} />);
    await waitFor(() => expect(figure()).toHaveTextContent('not_permitted -'));
    expect(texts.join()).not.toContain(acme);
  });

  it('shows nothing and asks nothing once nobody is signed in', async () => {
    const { mock, Page, rerender, figure } = await setUp(Figure);
    await waitFor(() => expect(figure()).toHaveTextContent(acme));
    const asked = mock.requests().length;
    rerender(<Page session={null} />);
    expect(figure()).toHaveTextContent('loading -');
    await mock.account().spend(10);
    expect(mock.requests()).toHaveLength(asked);
  });

  it('and back again asks again instead of showing what was kept', async () => {
    const { mock, Page, rerender, figure } = await setUp(Figure);
    await waitFor(() => expect(figure()).toHaveTextContent(acme));
    rerender(<Page session={null} />);
    await mock.account().spend(80);
    rerender(<Page session={mock.session()} />);
    expect(figure()).toHaveTextContent('loading -');
    await waitFor(() => expect(figure()).toHaveTextContent(acmeAfter80));
  });
});

describe('another account', () => {
  it('of one hook alone leaves the others where they are', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    await mock.addAccount('globex', { planId: 'free' });
    render(
      <UsageKitProvider client={mock.client()} session={mock.session()}>
        <Balance name="own" />
        <Balance name="other" accountId="globex" />
      </UsageKitProvider>,
    );
    await waitFor(() => expect(screen.getByLabelText('own')).toHaveTextContent('ready 380'));
    await waitFor(() => expect(screen.getByLabelText('other')).toHaveTextContent('ready 100'));
  });
});

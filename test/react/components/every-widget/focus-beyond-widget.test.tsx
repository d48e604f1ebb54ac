import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeEach, describe, expect, it } from 'vitest';
import { cancelled } from '../../../../sdk/gallery/fixtures/subscription.ts';
import { BillingBanner } from '../../../../sdk/src/components/billing-banner/index.ts';

/** The widgets here have their figures from the host, and load nothing but what they load by themselves. */
describe('the focus, where a widget goes as a whole', () => {
  beforeEach(async () => {
    // It is the widget that asks for it; here it is only waited for.
    await import('../../../../sdk/src/components/states/trouble.tsx');
  });

  const dismiss = async () => {
    await act(async () => {});
    const user = userEvent.setup();
    screen.getByRole('button', { name: 'Dismiss' }).focus();
    await user.keyboard('{Enter}');
    return user;
  };

  it('goes to what stands next to it, where the Tab key goes on, and leaves no trace there', async () => {
    render(
      <div>
        <BillingBanner data={cancelled} />
        <main>
          <button type="button">Of the host</button>
        </main>
      </div>,
    );
    const user = await dismiss();
    const main = screen.getByRole('main');
    await waitFor(() => expect(main).toHaveFocus());
    await user.tab();
    expect(screen.getByRole('button', { name: 'Of the host' })).toHaveFocus();
    expect(main).not.toHaveAttribute('tabindex');
    expect(main.style.outline).toBe('');
  });

  it('goes to what it stood in where nothing stands after it', async () => {
    render(
      <aside>
        <p>Of the host</p>
        <BillingBanner data={cancelled} />
      </aside>,
    );
    await dismiss();
    await waitFor(() => expect(screen.getByRole('complementary')).toHaveFocus());
  });

  it('is left to the host where more goes than the widget', async () => {
    function Page() {
      const [isHere, setHere] = useState(true);
      return (
        <main>
          {isHere && (
            <div>
              <BillingBanner data={cancelled} onAction={() => setHere(false)} />
            </div>
          )}
          <p>Of the host</p>
        </main>
      );
    }
    render(<Page />);
    await act(async () => {});
    screen.getByRole('button', { name: 'Keep the plan' }).focus();
    await userEvent.keyboard('{Enter}');
    await act(async () => {});
    expect(screen.queryByRole('button')).toBeNull();
    expect(document.body).toHaveFocus();
  });
});

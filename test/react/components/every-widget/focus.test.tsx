import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { describe, expect, it } from 'vitest';
import { Dialog } from '../../../../sdk/src/components/parts/controls/dialog.tsx';
import { WidgetRoot } from '../../../../sdk/src/components/parts/widget/widget-root.tsx';
import { ErrorState } from '../../../../sdk/src/components/states/error-state.tsx';
import { loadTrouble } from '../../../../sdk/src/components/states/use-trouble.ts';

function Opener() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Open
      </button>
      {isOpen && (
        <Dialog title="Here" onClose={() => setOpen(false)}>
          <p>Words</p>
        </Dialog>
      )}
    </>
  );
}

describe('the focus', () => {
  it('stays on what tries again, which can be pressed once until the answer comes', async () => {
    let tries = 0;
    let answer = () => {};
    const onRetry = () => {
      tries += 1;
      return new Promise<void>((resolve) => {
        answer = resolve;
      });
    };
    render(<ErrorState what="the balance" onRetry={onRetry} />);
    const button = await screen.findByRole('button');
    await userEvent.click(button);
    await userEvent.click(button);
    expect(tries).toBe(1);
    expect(button).toHaveFocus();
    expect(button).toHaveAttribute('aria-disabled', 'true');
    await act(async () => answer());
    expect(button).not.toHaveAttribute('aria-disabled');
  });

  it('goes back from a dialog to what opened it, within a shadow root too', async () => {
    const host = document.body.appendChild(document.createElement('div'));
    const shadow = host.attachShadow({ mode: 'open' });
    const root = createRoot(shadow.appendChild(document.createElement('div')));
    await act(async () => root.render(<Opener />));
    const opener = shadow.querySelector('button');
    opener?.focus();
    await act(async () => opener?.click());
    expect(shadow.querySelector('dialog')).not.toBeNull();
    const close = shadow.querySelector<HTMLButtonElement>('.uk-button-icon');
    close?.focus();
    await act(async () => close?.click());
    expect(shadow.querySelector('dialog')).toBeNull();
    expect(shadow.activeElement).toBe(opener);
    await act(async () => root.unmount());
    host.remove();
  });

  it('goes to a dialog’s foot, or to the widget, where what had it has done its work and goes', async () => {
    function Doing({ inDialog }: { inDialog: boolean }) {
      const [isDone, setDone] = useState(false);
      const foot = (
        <div className={inDialog ? 'uk-dialog-foot' : 'uk-actions'}>
          {isDone ? (
            <button type="button">Done</button>
          ) : (
            <button key="go" type="button" onClick={() => setDone(true)}>
              Go
            </button>
          )}
        </div>
      );
      return (
        <WidgetRoot name="doing" state="ready" label="Doing">
          {inDialog ? (
            <Dialog title="Here" onClose={() => {}}>
              {foot}
            </Dialog>
          ) : (
            foot
          )}
        </WidgetRoot>
      );
    }
    await loadTrouble();
    for (const inDialog of [true, false]) {
      const { unmount } = render(<Doing inDialog={inDialog} />);
      await userEvent.click(screen.getByRole('button', { name: 'Go' }));
      const wanted = inDialog ? screen.getByRole('button', { name: 'Done' }) : screen.getByRole('region');
      await waitFor(() => expect(wanted).toHaveFocus());
      unmount();
    }
  });
});

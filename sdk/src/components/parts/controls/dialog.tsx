'use client';
import { type MouseEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { commonControlsMessages } from '../../../messages/common/common-controls.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { crossIcon } from '../icons/cross-icon.ts';
import { Icon } from '../icons/icon.tsx';
import { usePartClass } from '../widget/as-widget.tsx';
import { Heading } from '../widget/card.tsx';
import { Button } from './button.tsx';

export interface DialogProps {
  /** `drawer` stands at the end of the window, `dialog`, the default, in its middle. */
  kind?: 'dialog' | 'drawer' | undefined;
  title: ReactNode;
  /** 2 by default. */
  headingLevel?: number | undefined;
  caption?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/**
 * Something that is looked at by itself: focus stays in it and goes back to where it was. It is open for as long as it
 * is rendered. Renders a native modal `dialog` in place: the browser lifts it above the page by itself, so it keeps the
 * tokens and colours around it and needs no portal, within a shadow root either. Reads messages.
 */
export function Dialog({
  kind = 'dialog',
  title,
  headingLevel = 2,
  caption,
  onClose,
  children,
}: DialogProps) {
  const messages = useMessages('common', commonControlsMessages);
  const partClass = usePartClass();
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const element = dialog.current;
    // Within a shadow root the document only knows the root's host.
    const scope = element?.getRootNode() as Document | ShadowRoot | undefined;
    const opener = scope?.activeElement;
    // Whoever came by mouse and closes it by Escape gets no ring; whoever went through it by keyboard does.
    let focusVisible: boolean | undefined = true;
    if (element && !element.open) {
      element.onkeydown = ({ key }) => {
        focusVisible ||= key === 'Tab';
      };
      // Hosts test their pages where there is a dialog element without its methods, as in jsdom.
      if (typeof element.showModal === 'function') {
        focusVisible = opener?.matches(':focus-visible');
        element.showModal();
      } else element.setAttribute('open', '');
      // Its first control is the one that closes it, which is not what it was opened for.
      element.querySelector<HTMLElement>('.uk-dialog-head [tabindex]')?.focus();
    }
    return () => {
      if (typeof element?.close === 'function') element.close();
      // A chart opens it too, which is no HTML element.
      if (opener?.isConnected) (opener as HTMLElement | SVGElement).focus({ focusVisible } as FocusOptions);
    };
  }, []);

  // A click that lands on the dialog itself is on its backdrop: everything within has elements of its own.
  const closeFromBackdrop = (event: MouseEvent) => {
    if (event.target === dialog.current) onClose();
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a native dialog by itself
    <dialog
      ref={dialog}
      className={partClass('dialog')}
      data-kind={kind}
      aria-labelledby={titleId}
      onClick={closeFromBackdrop}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="uk-dialog-content">
        <div className="uk-dialog-head">
          <div className="uk-run">
            <Heading
              level={headingLevel}
              id={titleId}
              className={partClass('title', 'uk-dialog-title')}
              tabIndex={-1}
            >
              {title}
            </Heading>
            {caption && <p className="uk-caption">{caption}</p>}
          </div>
          <Button kind="quiet" className="uk-button-icon" aria-label={messages.close} onClick={onClose}>
            <Icon drawing={crossIcon} />
          </Button>
        </div>
        <div className="uk-dialog-body">{children}</div>
      </div>
    </dialog>
  );
}

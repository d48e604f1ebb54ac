'use client';
import { type FocusEvent, type KeyboardEvent, useId, useRef, useState } from 'react';

/**
 * A button that opens a group of controls beneath it, which Escape and a step outside close. Gives the attributes of the frame
 * around both, of the button and of the group, and `close`, which gives the focus back to the button.
 */
export function useMenu<Frame extends HTMLElement = HTMLDivElement>() {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const root = useRef<Frame>(null);
  const close = () => {
    setOpen(false);
    root.current?.querySelector('button')?.focus();
  };
  return {
    root,
    isOpen,
    close,
    frame: {
      ref: root,
      className: 'uk-menu',
      onBlur({ relatedTarget }: FocusEvent) {
        if (!root.current?.contains(relatedTarget)) setOpen(false);
      },
      onKeyDown(event: KeyboardEvent) {
        if (event.key !== 'Escape' || !isOpen) return;
        // A drawer around the menu stays open: a native one closes by the key itself, another by the event.
        event.preventDefault();
        event.stopPropagation();
        close();
      },
    },
    button: { 'aria-expanded': isOpen, 'aria-controls': id, onClick: () => setOpen(!isOpen) },
    // It takes the focus of a click next to a control, which would otherwise close the menu.
    group: { id, className: 'uk-menu-list', tabIndex: -1 },
  };
}

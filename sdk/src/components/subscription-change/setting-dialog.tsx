'use client';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import type { AccountCommand } from '../../client/subscription/subscription-changes.ts';
import { Dialog } from '../parts/controls/dialog.tsx';
import { ChangeContent, type ChangeContentProps } from './change-content.tsx';

export interface SettingDialogProps extends Omit<ChangeContentProps, 'isCurrent'> {
  title: string;
  caption?: ReactNode;
  /** The command that the fields make; undefined while they are invalid, or unchanged. */
  command: AccountCommand | undefined;
  onClose: () => void;
}

/** Long enough for a second digit or click. */
const settledMs = 250;

/**
 * Sets a value and shows the effects meanwhile: each new value is previewed, and only a previewed value can be confirmed. Renders
 * a modal `dialog`. Reads messages.
 */
export function SettingDialog({ title, caption, command, onClose, ...content }: SettingDialogProps) {
  return (
    <Dialog title={title} caption={caption} onClose={onClose}>
      <SettingContent {...content} command={command} onClose={onClose} />
    </Dialog>
  );
}

/** The dialog's content. */
export function SettingContent(props: Omit<SettingDialogProps, 'title' | 'caption'>) {
  const { flow, command, onClose, ...content } = props;
  const wanted = command && JSON.stringify(command);
  const asked = useRef<string>(undefined);
  const { open } = flow;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `wanted` says all of `command`
  useEffect(() => {
    if (!command || asked.current === wanted) return;
    const ask = () => {
      asked.current = wanted;
      void open(command);
    };
    if (asked.current === undefined) return ask();
    const timer = setTimeout(ask, settledMs);
    return () => clearTimeout(timer);
  }, [wanted, open]);
  const isCurrent = wanted !== undefined && wanted === JSON.stringify(flow.command);
  const close = () => {
    flow.close();
    onClose();
  };
  return (
    <ChangeContent {...content} flow={{ ...flow, close }} isCurrent={isCurrent || isOver(flow.status)} />
  );
}

const isOver = (status: SettingDialogProps['flow']['status']) =>
  status === 'changed' || status === 'unknown' || status === 'pending';

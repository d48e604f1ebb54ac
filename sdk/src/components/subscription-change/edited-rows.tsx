'use client';
import { Fragment, type ReactNode, useEffect, useState } from 'react';

export interface EditedRowsProps<Item> {
  items: readonly Item[];
  idOf: (item: Item) => string;
  /** One row; `edit` opens its dialog. */
  row: (item: Item, edit: () => void) => ReactNode;
  /** The dialog of the row that is being edited; `left` is the quantity with which the page was left for a payment method. */
  dialog: (item: Item, close: () => void, left?: number) => ReactNode;
  /** The row and the quantity with which the page was left, once, so that whoever comes back finds its dialog open. */
  takeLeft?: (() => LeftRow | undefined) | undefined;
}

interface LeftRow {
  id: string;
  quantity: number;
}

/** Rows that are edited in a dialog, one at a time. Renders the results of `row` and `dialog`. Reads nothing. */
export function EditedRows<Item>({ items, idOf, row, dialog, takeLeft }: EditedRowsProps<Item>) {
  const [open, setOpen] = useState<{ id: string; quantity?: number }>();
  const edited = items.find((item) => idOf(item) === open?.id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is taken when the rows come, and never again
  useEffect(() => {
    const left = takeLeft?.();
    if (left) setOpen(left);
  }, []);
  return (
    <>
      {items.map((item) => (
        <Fragment key={idOf(item)}>{row(item, () => setOpen({ id: idOf(item) }))}</Fragment>
      ))}
      {edited && dialog(edited, () => setOpen(undefined), open?.quantity)}
    </>
  );
}

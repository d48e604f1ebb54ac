'use client';
import { Fragment, type ReactNode, useState } from 'react';

export interface EditedRowsProps<Item> {
  items: readonly Item[];
  idOf: (item: Item) => string;
  /** One row; `edit` opens its dialog. */
  row: (item: Item, edit: () => void) => ReactNode;
  /** The dialog of the row that is being edited. */
  dialog: (item: Item, close: () => void) => ReactNode;
}

/** Rows that are edited in a dialog, one at a time. Renders the results of `row` and `dialog`. Reads nothing. */
export function EditedRows<Item>({ items, idOf, row, dialog }: EditedRowsProps<Item>) {
  const [editedId, setEditedId] = useState<string>();
  const edited = items.find((item) => idOf(item) === editedId);
  return (
    <>
      {items.map((item) => (
        <Fragment key={idOf(item)}>{row(item, () => setEditedId(idOf(item)))}</Fragment>
      ))}
      {edited && dialog(edited, () => setEditedId(undefined))}
    </>
  );
}

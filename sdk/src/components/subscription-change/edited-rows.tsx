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

/** Rows of which one at a time is edited in a dialog. Renders what `row` and `dialog` give. Reads nothing. */
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

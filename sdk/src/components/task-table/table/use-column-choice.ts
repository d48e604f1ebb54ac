'use client';
import { useMemo } from 'react';
import { useStoredText } from '../../../hooks/base/use-stored-text.ts';
import { type ColumnChoice, readColumnChoice } from './task-columns.ts';

/** The columns that this browser's reader chose last, and a setter; undefined stands for the initial ones. */
export function useColumnChoice(): [ColumnChoice | undefined, (choice: ColumnChoice | undefined) => void] {
  const [kept, keep] = useStoredText('usagekit.task-columns');
  const choice = useMemo(() => readColumnChoice(kept), [kept]);
  return [choice, (next) => keep(next ? JSON.stringify(next) : null)];
}

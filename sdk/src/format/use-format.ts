'use client';
import type { ShownUnit } from '@usagekit/server/contract';
import { useMemo } from 'react';
import { useUsageKit } from '../provider/context.ts';
import { createFormat, type Format } from './create-format.ts';

/**
 * The format of the nearest provider, English and UTC without one.
 *
 * @param accountTimeZone shown in where the provider names no zone
 * @param creditLabel what the answer calls a credit
 */
export function useFormat(accountTimeZone?: string, creditLabel?: ShownUnit): Format {
  const { locale, timeZone = accountTimeZone } = useUsageKit();
  const one = creditLabel?.one;
  const other = creditLabel?.other;
  const currency = creditLabel?.currency;
  return useMemo(
    () =>
      createFormat({
        locale,
        timeZone,
        creditLabel:
          one !== undefined && other !== undefined
            ? { one, other, ...(currency && { currency }) }
            : undefined,
      }),
    [locale, timeZone, one, other, currency],
  );
}

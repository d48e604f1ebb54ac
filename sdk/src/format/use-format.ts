'use client';
import type { UnitLabel } from '@usagekit/server/contract';
import { useMemo } from 'react';
import { useUsageKit } from '../provider/context.ts';
import { createFormat, type Format } from './create-format.ts';

/**
 * The format of the nearest provider, English and UTC without one.
 *
 * @param accountTimeZone shown in where the provider names no zone
 * @param creditLabel what the answer calls a credit
 */
export function useFormat(accountTimeZone?: string, creditLabel?: UnitLabel): Format {
  const { locale, timeZone = accountTimeZone } = useUsageKit();
  const one = creditLabel?.one;
  const other = creditLabel?.other;
  return useMemo(
    () =>
      createFormat({
        locale,
        timeZone,
        creditLabel: one !== undefined && other !== undefined ? { one, other } : undefined,
      }),
    [locale, timeZone, one, other],
  );
}

'use client';
import type { ShownUnit } from '@usagekit/server/contract';
import { useMemo } from 'react';
import { useUsageKit } from '../provider/context.ts';
import { createFormat, type Format } from './create-format.ts';
import { knownSetting } from './known-setting.ts';

/**
 * The format of the nearest provider, English and UTC without one.
 *
 * @param accountTimeZone shown in where the provider names no zone
 * @param creditLabel what the answer calls a credit
 */
export function useFormat(accountTimeZone?: string, creditLabel?: ShownUnit): Format {
  const { locale, timeZone } = useUsageKit();
  // The label is another object with each answer, and the same words.
  const label = JSON.stringify(creditLabel);
  return useMemo(
    () =>
      createFormat({
        locale,
        timeZone: knownSetting('timeZone', timeZone) ?? accountTimeZone,
        creditLabel: label ? JSON.parse(label) : undefined,
      }),
    [locale, timeZone, accountTimeZone, label],
  );
}

import { describe } from 'vitest';
import { cellGuarantees } from './suite/cells.ts';
import { countedUseGuarantees } from './suite/counted-uses.ts';
import { dayPartGuarantees } from './suite/day-parts.ts';
import { dueGuarantees } from './suite/due.ts';
import { duplicateGuarantees } from './suite/duplicates.ts';
import { groupCommitGuarantees } from './suite/group-commit.ts';
import type { StoreHarness } from './suite/harness.ts';
import { installationGuarantees } from './suite/installation.ts';
import { invoiceGuarantees } from './suite/invoices.ts';
import { listGuarantees } from './suite/lists.ts';
import { noticeGuarantees } from './suite/notices.ts';
import { taskGuarantees } from './suite/tasks.ts';
import { writeGuarantees } from './suite/writes.ts';

/** What every store promises; run on each of them, with nothing left out. */
export function storeSuite(name: string, harness: StoreHarness): void {
  describe(`${name} store`, () => {
    describe('writes', () => writeGuarantees(harness));
    describe('duplicates', () => duplicateGuarantees(harness));
    describe('group commit', () => groupCommitGuarantees(harness));
    describe('lists', () => listGuarantees(harness));
    describe('invoices', () => invoiceGuarantees(harness));
    describe('notices', () => noticeGuarantees(harness));
    describe('due', () => dueGuarantees(harness));
    describe('tasks', () => taskGuarantees(harness));
    describe('cells', () => cellGuarantees(harness));
    describe('parts of days', () => dayPartGuarantees(harness));
    describe('counted uses', () => countedUseGuarantees(harness));
    describe('installation', () => installationGuarantees(harness));
  });
}

import type { Usage } from '@usagekit/server/contract';

/** Whether there is nothing to show: the catalog meters nothing that the viewer may see. */
export function isUsageEmpty({ budget, groups, windows, categories, myUsage }: Usage): boolean {
  return (
    !budget &&
    categories.length === 0 &&
    windows.length === 0 &&
    myUsage.length === 0 &&
    groups.every(({ meters }) => meters.length === 0)
  );
}

/** What one process of those on a database does for all of them, while it holds the lease of that name. */
export const leaseNames = ['due', 'notices', 'sweep', 'forget', 'erasure'] as const;

export type LeaseName = (typeof leaseNames)[number];

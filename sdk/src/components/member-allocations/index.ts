export { MemberAllocations, type MemberAllocationsProps } from './member-allocations.tsx';
export { MemberAllocationsView, type MemberAllocationsViewProps } from './member-allocations-view.tsx';
export type { MemberShares, ShareableMetric } from './member-shares.ts';
export { ShareContent, type ShareDialogProps } from './share-dialog.tsx';

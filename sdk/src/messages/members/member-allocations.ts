/** Texts of MemberAllocations. */
export const memberAllocationsMessages = {
  what: 'shares of members',
  title: 'Shares of members',
  caption:
    'How much of an allowance one member may use in each cycle. Without a share a member uses what all share.',
  metric: 'Allowance',
  emptyTitle: 'Nothing to share out',
  emptyDetail: 'This account has no allowance that could be divided among members.',
  columns: { member: 'Member', used: 'Used this cycle', share: 'Share' },
  role: {
    super_admin: 'Super admin',
    owner: 'Owner',
    admin: 'Admin',
    manager: 'Manager',
    member: 'Member',
    viewer: 'Viewer',
  },
  shared: 'Shared',
  usedOf: (used: string, share: string) => `${used} of ${share}`,
  reached: 'Used up',
  select: (name: string) => `Select ${name}`,
  selectAll: 'Select all',
  /** A member's part of everyone's use. */
  ofAll: (percent: string) => `${percent} of everyone’s use`,
  /** The name of a drawing. */
  trend: (name: string, days: string) => `Use of ${name} on each of ${days} days`,
  /** For a share that is used up. */
  raise: 'Raise',
  raiseOf: (name: string) => `Raise the share of ${name}`,
  edit: 'Set',
  /** The button's whole name, and the dialog's title. */
  editOf: (name: string) => `Set the share of ${name}`,
  editMany: (count: number, written: string) =>
    count === 1 ? 'Set the share of 1 member' : `Set the share of ${written} members`,
  clearMany: (count: number, written: string) =>
    count === 1 ? 'Clear the share of 1 member' : `Clear the shares of ${written} members`,
  selected: (count: string) => `${count} selected`,
  setSelected: 'Set share',
  clearSelected: 'Clear share',
  field: 'Share in each cycle',
  invalid: (one: string, other: string) => `A number, such as ${one} or ${other}`,
  now: 'Takes effect at once.',
  costsNothing: 'A share costs nothing.',
  stops: (names: string) => `Stops at once, since as much is used already: ${names}.`,
  cleared: 'They use what all share again.',
  confirm: (amount: string) => `Set to ${amount}`,
  confirmClear: 'Clear share',
  clear: 'Clear share',
  saving: 'Saving',
  back: 'Not now',
  failed: (names: string) => `Not saved: ${names}. Try again.`,
  loadMore: 'Show more members',
  loadingMore: 'Loading',
  moreFailed: 'More members could not be loaded.',
};

/** Texts of ActivityLog. */
export const activityLogMessages = {
  what: 'activity log',
  title: 'Activity',
  emptyTitle: 'No activity yet',
  emptyDetail: 'Purchases, adjustments and changes of what costs money will stand here.',
  kind: {
    credits_purchased: 'Purchase',
    purchase_failed: 'Failed purchase',
    credits_granted: 'Grant',
    credits_adjusted: 'Adjustment',
    auto_top_up_changed: 'Auto top-up',
    payment_method_changed: 'Payment method',
    own_key_changed: 'Own key',
    subscription_changed: 'Subscription',
    use_voided: 'Taken back',
    member_removed: 'Member removed',
  },
  by: (member: string) => `by ${member}`,
  more: 'Show more',
  loadingMore: 'Loading',
  moreFailed: 'More could not be loaded. Try again.',
};

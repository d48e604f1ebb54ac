/** Texts of what members spent, in CreditBalance. */
export const spentByMemberMessages = {
  title: 'Spent by member in this cycle',
  /** Use that names no member. */
  nobody: 'No member',
  rest: (count: number, written: string) => (count === 1 ? '1 other' : `${written} others`),
};

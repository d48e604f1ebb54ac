/** Texts of Seats. */
export const seatsMessages = {
  what: 'seats',
  title: 'Seats',
  othersMay: 'An owner or admin can change the number of seats.',
  emptyTitle: 'No seats to count',
  emptyDetail: 'This plan does not limit how many people are invited.',
  unit: (count: number): string => (count === 1 ? 'seat' : 'seats'),
  included: (count: string) => `${count} included`,
  unbounded: 'As many as you invite',
  bought: (count: string) => `${count} bought`,
  each: {
    month: (price: string) => `${price} each a month`,
    year: (price: string) => `${price} each a year`,
  },
  next: (count: string, date: string) => `${count} bought from ${date}`,
  full: 'All seats are taken',
  change: 'Change',
  /** The button's whole name. */
  changeOf: (label: string) => `Change ${label}`,
  field: 'Seats bought beyond those included',
  total: (count: string) => `${count} seats in all`,
  confirm: (count: string) => `Set to ${count}`,
  confirmMore: (count: string) => `Buy ${count} more`,
  changed: (count: string) => `${count} bought`,
  changesOn: (count: string, date: string) => `${count} bought from ${date}`,
};

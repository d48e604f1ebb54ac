/** Texts of controls that many widgets have, and no widget before its figures. */
export const commonControlsMessages = {
  close: 'Close',
  more: (count: string) => `${count} more`,
  fewer: 'Fewer',
};

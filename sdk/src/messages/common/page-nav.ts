/** Texts of the links between the pages of usage, tasks and billing, and of the pages themselves. */
export const pageNavMessages = {
  nav: 'Account',
  pages: { usage: 'Usage', tasks: 'Tasks', billing: 'Billing' },
};

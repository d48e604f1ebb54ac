/** Texts of ConnectedBrowsers. */
export const connectedBrowsersMessages = {
  what: 'list of browsers',
  title: 'Connected browsers',
  emptyTitle: 'No browser is connected',
  emptyDetail:
    'Browsers stand here once their extension was connected. Press Connect in the extension on a page of this product.',
  connected: (date: string) => `Connected on ${date}`,
  used: (date: string) => `Last used on ${date}`,
  disconnect: 'Disconnect',
  disconnecting: 'Disconnecting',
  disconnectNamed: (browser: string) => `Disconnect ${browser}`,
  failed: 'The browser could not be disconnected. Try again.',
  more: 'Show more',
  loadingMore: 'Loading',
};

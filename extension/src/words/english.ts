/**
 * Every text of the extension itself, in English. A text with figures in it is a function of figures that are already written in the
 * reader's language, so that a translation decides on order and plurals and on nothing else. The manifest's own few texts stand in
 * `locales`, where the browser reads them.
 */
export const english = {
  language: 'en',
  direction: 'ltr' as 'ltr' | 'rtl',
  punctuation: {
    /** Between the parts of a phrase. */
    comma: ', ',
    stop: '.',
    /** Between sentences. */
    gap: ' ',
  },

  /** At most four characters of ASCII that a badge shows whole. */
  badgeText: { due: 'due', full: 'full' },

  badgeState: {
    unpaired: 'UsageKit is not connected. Open it to connect an account.',
    loading: 'UsageKit is asking for the first figures.',
    noFigures: 'UsageKit has no figures',
    noLongerShows: (account: string) => `UsageKit no longer shows ${account}`,
    old: (when: string) => `These figures are old, from ${when}`,
    asOf: (time: string) => `As of ${time}`,
    resets: (when: string) => `Resets ${when}`,
    blocked: 'New work is paused',
    paymentDue: 'A payment is due',
    connected: 'Connected',
    onPlan: (plan: string) => `On ${plan}`,
    percentLeft: (label: string, percent: string) => `${label} ${percent} left`,
    percentUsed: (label: string, percent: string) => `${label} ${percent} used`,
    amountLeft: (amount: string) => `${amount} left`,
    amountLeftOf: (amount: string, all: string) => `${amount} of ${all} left`,
    held: (amount: string) => `${amount} held`,
  },

  /** Why work is stopped, and who can change it. */
  blocked: {
    noneLeft: (unit: string) => `No ${unit} left`,
    /** Where the balance is money. */
    noMoneyLeft: 'The balance is used up',
    reached: (label: string) => `${label}: limit reached`,
    metricPaused: (label: string) => `${label} is paused`,
    tooFew: (unit: string) => `Not enough ${unit} left`,
    /** Where the balance is money. */
    tooLittleMoney: 'The balance is too low',
    tooLittle: (label: string) => `${label}: not enough left`,
    someLimit: 'A limit of the plan',
    askOthers: 'An owner or admin can change that.',
  },

  /** Buttons that lead to where something can be done about a block. */
  action: {
    buy_credits: 'Buy credits',
    /** In place of `buy_credits` where the balance is money. */
    addFunds: 'Add funds',
    upgrade: 'See plans',
    update_payment: 'Update payment',
    manage_plan: 'Manage plan',
    raise_limit: 'Raise this limit',
    raise_allocation: 'Raise this allocation',
    add_own_key: 'Use your own key',
    openBilling: 'Open billing',
  },

  pace: {
    runsOut: (when: string) => `At this pace used up ${when}`,
    lasts: 'At this pace enough until the reset',
  },

  card: {
    source: 'UsageKit extension',
    announcement: 'The UsageKit extension shows a card.',
    notNow: 'Not now',
    stopped: 'New work is paused and nothing was deleted.',
    short: 'What was asked for needs more than is left. Nothing was deleted.',
    resetsOn: (day: string) => `Resets on ${day}.`,
  },

  chip: { putAway: 'Put away' },

  notices: {
    low: (label: string) => `${label} running low`,
    usedUp: (label: string) => `${label} used up`,
    back: (label: string) => `${label} available again`,
    amountLeft: (amount: string) => `${amount} left`,
    percentUsed: (percent: string) => `${percent} used`,
  },

  popup: {
    account: 'Account',
    balance: 'Balance',
    available: 'Available',
    ofThisPeriod: (amount: string) => `of ${amount} this period`,
    resetsIn: (distance: string) => `resets ${distance}`,
    usage: 'Usage',
    asOf: (time: string) => `As of ${time}`,
    notRefreshedSince: (time: string) => `Not refreshed since ${time}`,
    refresh: 'Refresh',
    settings: 'Settings',
    history: 'History',
    pagesOfProduct: 'Pages of the product',
    pages: { usage: 'Usage', tasks: 'Tasks', billing: 'Billing' },
    tryAgain: 'Try again',
    connectAgain: 'Connect again',
    notConnected: 'Not connected any more',
    noFigures: 'No figures yet',
    figuresFrom: (when: string) => `Figures from ${when}`,
    settlePayment: 'Settle it in billing so that work goes on.',
    siteQuestion: 'Say it on this page when work stops?',
    siteRefused: 'The browser was not allowed to.',
    addSite: (host: string) => `Add ${host}`,
  },

  connect: {
    title: 'Connect an account',
    intro:
      'See what is left of your plan on the toolbar, and read why when work stops. UsageKit can read figures only; it cannot buy or change anything.',
    connect: 'Connect',
    connecting: 'Connecting',
    connectTo: (host: string) => `Connect to ${host}`,
    waitingFor: (host: string) => `Waiting for ${host}:`,
    sameCode: 'Connect this browser there, if its page shows the same code.',
    cancel: 'Cancel',
    first:
      'Open the product that you use, press UsageKit on the toolbar, and press Connect. Where the product does not tell its server, enter its address here.',
    another:
      'Connect another account: open the product that you use, press UsageKit on the toolbar, and press Connect. Where the product does not tell its server, enter its address here.',
    serverOfProduct: 'Server of the product',
    withToken: 'Connect with a token instead',
    whereFrom: 'The product that you use gives you both; look for a browser extension in its settings.',
    server: 'Server',
    token: 'Extension token',
    asking: 'Asking',
  },

  settings: {
    accounts: 'Accounts',
    connected: 'Connected',
    plan: 'Plan',
    available: 'Available',
    connectedAt: 'Connected',
    disconnect: 'Disconnect',
    icon: 'Icon',
    iconAccount: 'Account, where no added site is in view',
    mostUrgent: 'The one that needs attention most',
    iconShows: 'Shows',
    worst: 'Whatever stands worst',
    untilReset: 'Time until the reset',
    iconAs: 'Meters and windows',
    percentLeft: 'Percent left',
    percentUsed: 'Percent used',
    onlyTrouble: 'Show nothing while all is well',
    notifications: 'Notifications',
    notify: 'Tell me when something runs low, and when it is back, once in each period',
    notifyRefused: 'The browser was not allowed to show notifications.',
    quietFrom: 'Quiet from',
    quietUntil: 'Quiet until',
    sites: 'Sites',
    sitesIntro:
      'On these sites a small card tells you when work is paused, once for each limit and period. UsageKit sees nothing of any other site.',
    siteChip: 'Show what is left there in one line',
    addSiteLabel: 'Add a site',
    add: 'Add',
    remove: 'Remove',
    removeSite: (site: string) => `Remove ${site}`,
    account: 'Account',
    siteAlready: 'This site is added already.',
    siteNotAllowed: 'The site was not added, because the browser was not allowed to.',
    siteNeedsAccount: 'Connect the account first that the site belongs to.',
    keys: 'Keyboard',
    keyOf: {
      _execute_action: 'Open the popup',
      history: 'Open the history',
      refresh: 'Refresh the figures',
      snooze: 'Show no cards for a day',
    },
    noKey: 'Not set',
    changeKeys: 'Change keys',
    privacy: 'What UsageKit can see',
    talksToNobody: 'It talks to no server.',
    talksTo: (hosts: string) => `It talks to ${hosts} and to nobody else. The tokens stay in this browser.`,
    seesNoSite: 'It sees no site.',
    seesSites:
      'On the sites above it sees which answers say that a limit was reached. It does not read what is on the page.',
    readsOnly: 'It can read figures. It cannot buy, change or cancel anything.',
  },

  /** What is wrong with an address that was typed. */
  address: {
    serverMissing: 'Enter the address of the server.',
    noAddress: 'This is not an address. It looks like https://usage.example.com.',
    wrongScheme: 'The address must begin with https://.',
    namesUser: 'Leave the user name and password out of the address.',
    insecure: 'Use https://. Over http:// anybody on the way could read the token.',
    siteMissing: 'Enter the address of the site, such as app.example.com.',
    noSite: 'This is not a site. It looks like app.example.com.',
    insecureSite: 'Only https:// sites can be added.',
  },

  /** What is wrong with a token. */
  token: {
    missing: 'Paste the extension token that the product gave you.',
    secretKey:
      'This is a secret key. It can change balances and must stay on a server, so it was not kept. Use an extension token, which can only read.',
    noToken:
      'This does not look like a token: it may hold letters, digits, dots, dashes and underscores only.',
    unknown: (host: string) => `${host} does not know this token, or it has ended.`,
    mayNotRead: (host: string) => `${host} knows this token but does not let it read.`,
    ofNoAccount: 'This extension token names no account. Ask the product for another.',
    ofPage: 'This token is for a web page and ends within minutes. Use an extension token, which lasts.',
  },

  failure: {
    ended: 'The token has ended or was revoked.',
    mayNotRead: 'This connection may not read the account.',
    intercepted: (host: string) => `Something between here and ${host} refused the request.`,
    unavailable: (host: string) => `${host} cannot answer right now.`,
    notUnderstood: (host: string) => `${host} did not answer as a UsageKit server does.`,
    unreachable: (host: string) => `${host} could not be reached.`,
    checkAddress: (host: string) =>
      `${host} could not be reached. Check the address and that the server is running.`,
    notAServer: (host: string) =>
      `${host} answers, but not as a UsageKit server does. Check the address and its path.`,
    tryAgain: (host: string) => `${host} cannot answer right now. Try again.`,
    pairingRefused: (host: string) => `It was refused on ${host}.`,
    pairingExpired: 'Nobody connected it within ten minutes. Try again.',
    pairingUnknown: (host: string) => `${host} no longer knows this request. Try again.`,
    noPairingPage: (host: string) => `${host} has no page for connecting. Paste a token instead.`,
    noAnswer: (host: string) => `${host} gave no answer.`,
    tooManyAccounts: (count: string) =>
      `${count} accounts are connected, the most there can be. Disconnect one first.`,
    tooManySites: (count: string) => `At most ${count} sites can be added.`,
    siteNotAllowed: (site: string) => `The browser has not been told to allow UsageKit on ${site}.`,
    accountNotConnected: 'This account is not connected.',
    noAccount: 'No account is connected.',
    noSuchPage: 'The product names no such page.',
    timeout: 'UsageKit took too long to answer.',
    internal: 'Something went wrong inside UsageKit.',
  },
};

/** The texts in one language. */
export type Words = typeof english;

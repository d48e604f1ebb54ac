/** Every bound of the API. A request beyond one is refused with an error that names it. */
export const apiBounds = {
  /** Largest request body, in bytes. */
  bodyBytesMax: 1_048_576,
  /** Events in one `POST /v1/events`. */
  eventsPerRequestMax: 1_000,
  /** Items in one check, consume, hold or event. */
  itemsPerRequestMax: 50,
  /** Capacities that one check, consume or hold states its needs of. */
  needsPerRequestMax: 20,
  /** Items a page of a list. */
  pageSizeMax: 500,
  pageSizeDefault: 50,
  /** Accounts that one request with a search looks through. */
  searchedAccountsMax: 2_000,
  /** Ids of accounts, members, agents and other things of the host's: printable characters other than `~`. */
  idCharactersMax: 256,
  /** Ids of holds, purchases and ledger entries, which the server derives of others with a `~`. */
  keptIdCharactersMax: 640,
  /** A place in a list holds the ids of its last item. */
  cursorCharactersMax: 4_000,
  /** Names, labels and reasons that people write. */
  textCharactersMax: 500,
  /** A tag of a language, such as `pt-BR`. */
  languageCharactersMax: 35,
  /** Result or error text of a task. */
  taskTextCharactersMax: 10_000,
  idempotencyKeyCharactersMax: 255,
  /** How long an answer is kept for replay. */
  idempotencyDays: 35,
  /** Largest amount of one item, grant or rate, in whole units: as much as a counter can hold. */
  amountUnitsMax: 1_000_000_000_000,
  /** Largest counter or balance that an account can reach, in whole units. */
  totalUnitsMax: 1_000_000_000_000,
  fractionDigitsMax: 6,
  /** Fraction digits of a rate for 1,000 units, which may be for 1,000,000 in the catalog. */
  rateFractionDigitsMax: 9,
  /** Tokens, calls and other whole numbers of one item. */
  tokensPerItemMax: 1_000_000_000_000,
  /** Names of models, as providers have them: visible ASCII characters other than `*` and `~`. */
  modelNameCharactersMax: 256,
  /** Aliases and patterns of one model. */
  modelAliasesMax: 200,
  /** Names without a price that an account keeps apart; the uses of others are kept as well, under one name. */
  unpricedNamesMax: 100,
  /** Lengths of context from which a model has other rates, and service tiers of one price. */
  contextTiersMax: 10,
  serviceTiersMax: 20,
  /** Grants that are not used up or expired, by account. */
  liveGrantsMax: 500,
  openHoldsMax: 500,
  windowsPerPlanMax: 20,
  /** Longest window that begins with the first use, or rolls: 31 days. */
  windowMinutesMax: 44_640,
  membersPerAccountMax: 10_000,
  /** Streams and sockets of everybody in an account together: each page and extension in view has one. */
  streamsPerAccountMax: 250,
  /** Those of one member, so that nobody takes those of the others. */
  streamsPerMemberMax: 50,
  /** Seats of a kind, or add-ons of one, that an account can have. */
  quantityMax: 1_000_000,
  /** Fixed outgoing addresses of an account. */
  dedicatedIpsMax: 1_000,
  /** Add-ons of a catalog. */
  addOnsMax: 200,
  trialDaysMax: 730,
  /** Amounts of a metric at which an account is told. */
  alertsPerMetricMax: 20,
  /** How far ahead of the server's clock an event's time may lie, in seconds. */
  eventFutureSecondsMax: 300,
  /** Older events are taken as backfill: history, never limits or money. */
  eventAgeDaysMax: 35,
  /** Parts of cycles, each ended by a change of plan, whose terms are kept for late use; the oldest ones are kept as one. */
  cyclePartsKept: 24,
  /** Latest changes of a gauge that a setting which comes late is put before; it takes older ones to be in it. */
  gaugeChangesKept: 32,
  /** Longest span of one usage series, in buckets. */
  seriesBucketsMax: 3_000,
  /**
   * Uses that one series reads one by one: those of minutes and, until uses that an earlier version stored are in the rollups, of hours
   * by a dimension and of one member by another dimension.
   */
  seriesRawUsesMax: 20_000,
  /** Values a dimension keeps a day; the rest is told as one, by `otherValue`. */
  seriesValuesMax: 100,
  tokenLifetimeSecondsMin: 60,
  tokenLifetimeSecondsMax: 3_600,
  tokenLifetimeSecondsDefault: 900,
  extensionKeyDays: 90,
  /** How long a secret key holds after it was rotated, in seconds. */
  keyGraceSecondsDefault: 86_400,
  keyGraceSecondsMax: 2_592_000,
  /** An extension changes its token for another once it is so old, in days. */
  extensionTokenDays: 7,
  /** How long the old token still reads where the answer with the new one may have been lost, in minutes. */
  rotatedTokenMinutes: 60,
  /** How long a pairing waits for its approval, in seconds. */
  pairingSecondsMax: 600,
  /** Seconds between two calls for a pairing's token, at first. */
  pairingIntervalSeconds: 2,
  /** Pairings that one address may begin in a row, and so many more a minute. */
  pairingsInARow: 10,
  browserNameCharactersMax: 80,
  /** Browsers that one member may have connected. */
  connectedBrowsersMax: 50,
  holdLifetimeSecondsMax: 2_592_000,
  holdLifetimeSecondsDefault: 86_400,
  /** How long the hold of a running task lasts after the task's last change. */
  taskHoldLifetimeSeconds: 2_592_000,
  /** Days of charges that are compared with the payment provider at once. */
  paymentSpanDaysMax: 35,
  /** How far back an account may have started, and how far a test clock may be moved at once, in days: ten years. */
  daysAtOnceMax: 3_660,
  /** Test clocks stand between this year and the next limit's. */
  testClockYearMin: 1_970,
  testClockYearMax: 2_100,
  /** The number of tasks of each kind (latest, waiting, running) that a diagnosis examines, newest first. */
  diagnosisTasksMax: 20,
  /** Characters of a search. */
  searchCharactersMax: 200,
  /** Characters of the values that a list of uses leaves out. */
  exceptCharactersMax: 8_000,
  /** Reads of the store for one page of a search, or of the uses behind a figure. */
  searchReadsMax: 40,
  /** Records of use that a diagnosis takes one more typical use from. */
  diagnosisUsesMax: 50,
  /** Days that a diagnosis looks back, the present one among them. */
  diagnosisDays: 8,
} as const;

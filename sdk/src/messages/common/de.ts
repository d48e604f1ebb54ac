import type { CommonTexts } from './common-texts.ts';

/** The texts of the room in German. */
export const de: CommonTexts = {
  common: {
    failed: (what) => `Nicht geladen: ${what}`,
    notPermitted: (what) => `Nicht Teil Ihrer Rolle: ${what}`,
    signedOut: 'Sie sind abgemeldet',
    loading: (what) => `${what} wird geladen`,
    asOf: (time) => `Stand ${time}`,
    close: 'Schließen',
    more: (count) => `${count} weitere`,
    fewer: 'Weniger',
  },
  trouble: {
    retry: 'Erneut versuchen',
    failedDetail: 'Die letzte Anfrage kam nicht durch.',
    failedUnavailable: 'Der Server antwortet im Moment nicht.',
    notPermittedDetail: 'Inhaber und Administratoren dieses Kontos sehen es oder geben Ihnen Zugang.',
    signedOutDetail: 'Melden Sie sich wieder an, um fortzufahren.',
    otherAccountDetail: 'Laden Sie die Seite neu, oder melden Sie sich wieder an.',
    stale: (age) => `Stand: ${age}`,
    lessThanMinute: 'vor weniger als einer Minute',
    staleDetail: 'Diese Zahlen können veraltet sein, bis die Verbindung wieder steht.',
  },
  action: {
    buy_credits: 'Guthaben kaufen',
    addFunds: 'Guthaben aufladen',
    upgrade: 'Höheren Tarif wählen',
    update_payment: 'Zahlungsmittel aktualisieren',
    addPayment: 'Zahlungsmittel hinzufügen',
    manage_plan: 'Tarif verwalten',
    raise_limit: 'Dieses Limit erhöhen',
    raise_allocation: 'Diesen Anteil erhöhen',
    ask_admin: 'Administrator fragen',
    wait: 'Auf den Neubeginn warten',
    add_own_key: 'Eigenen Schlüssel verwenden',
  },
  pageNav: { nav: 'Konto', pages: { usage: 'Nutzung', tasks: 'Aufgaben', billing: 'Abrechnung' } },
};

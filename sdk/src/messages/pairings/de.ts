import type { PairingsTexts } from './pairings-texts.ts';

/** The texts of the room in German. */
export const de: PairingsTexts = {
  connectBrowser: {
    what: 'Anfrage',
    title: 'Browser verbinden',
    enterCode: 'Geben Sie den Code ein, den die Erweiterung zeigt.',
    code: 'Code',
    next: 'Weiter',
    question: 'Diesen Browser verbinden?',
    compare:
      'Verbinden Sie ihn nur, wenn Sie gerade in seiner Erweiterung auf Verbinden gedrückt haben und sie diesen Code zeigt.',
    browser: 'Browser',
    origin: 'Angefragt von',
    unknownOrigin: 'einem Programm, das sich nicht nennt',
    askedAt: 'Angefragt um',
    allows: 'Die Erweiterung darf dann',
    scopes: [
      'lesen, was Sie hier sehen: Tarif, Guthaben, Nutzung und warum Arbeit stockt',
      'Ihnen auf den Websites, die Sie hinzufügen, sagen, wenn Arbeit stockt',
    ],
    forbids: 'Sie kann nicht',
    neverScopes: ['etwas kaufen, ändern oder kündigen', 'sehen, was Sie hier nicht sehen'],
    undo: 'Sie können ihn jederzeit trennen, hier oder in der Erweiterung.',
    connect: 'Diesen Browser verbinden',
    connecting: 'Wird verbunden',
    refuse: 'Ablehnen',
    refusing: 'Wird abgelehnt',
    approved: 'Der Browser ist verbunden',
    approvedDetail: 'Seine Erweiterung zeigt gleich Ihre Zahlen. Sie können diese Seite schließen.',
    denied: 'Der Browser wurde nicht verbunden',
    deniedDetail:
      'Seine Erweiterung bekommt nichts. Wenn Sie nicht selbst gedrückt haben, war es vielleicht jemand anderes.',
    unknown: 'Dieser Code ist nicht bekannt',
    unknownDetail:
      'Er ist falsch, oder seine zehn Minuten sind um. Drücken Sie in der Erweiterung erneut auf Verbinden.',
    otherCode: 'Anderen Code eingeben',
    failed: 'Das kam nicht durch. Versuchen Sie es erneut.',
    full: 'Mehr Browser lassen sich nicht verbinden. Trennen Sie zuerst einen.',
  },
  connectedBrowsers: {
    what: 'Liste der Browser',
    title: 'Verbundene Browser',
    emptyTitle: 'Kein Browser ist verbunden',
    emptyDetail:
      'Browser stehen hier, sobald ihre Erweiterung verbunden ist. Drücken Sie in der Erweiterung auf einer Seite dieses Produkts auf Verbinden.',
    connected: (date) => `Verbunden am ${date}`,
    used: (date) => `Zuletzt benutzt am ${date}`,
    disconnect: 'Trennen',
    disconnecting: 'Wird getrennt',
    disconnectNamed: (browser) => `${browser}: Trennen`,
    failed: 'Der Browser konnte nicht getrennt werden. Versuchen Sie es erneut.',
    more: 'Mehr anzeigen',
    loadingMore: 'Wird geladen',
  },
};

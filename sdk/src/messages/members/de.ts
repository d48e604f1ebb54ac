import { plural } from '../languages/de-words.ts';
import type { MembersTexts } from './members-texts.ts';

/** The texts of the room in German. */
export const de: MembersTexts = {
  spentByMember: {
    title: 'Von Mitgliedern in diesem Zeitraum verbraucht',
    nobody: 'Ohne Mitglied',
    rest: (count, written) => plural(count, { one: '1 weiteres', other: `${written} weitere` }),
  },
  memberAllocations: {
    what: 'Anteile der Mitglieder',
    title: 'Anteile der Mitglieder',
    caption:
      'Wie viel ein Mitglied je Zyklus verbrauchen darf. Ohne Anteil verbraucht es vom gemeinsamen Vorrat.',
    metric: 'Kontingent',
    emptyTitle: 'Nichts aufzuteilen',
    emptyDetail: 'Dieses Konto hat kein Kontingent, das sich auf Mitglieder verteilen ließe.',
    columns: { member: 'Mitglied', used: 'In diesem Zyklus', share: 'Anteil' },
    role: {
      super_admin: 'Hauptadministrator',
      owner: 'Inhaber',
      admin: 'Administrator',
      manager: 'Leitung',
      member: 'Mitglied',
      viewer: 'Leser',
    },
    shared: 'Gemeinsam',
    usedOf: (used, share) => `${used} von ${share}`,
    reached: 'Verbraucht',
    select: (name) => `${name} auswählen`,
    selectAll: 'Alle auswählen',
    ofAll: (percent) => `${percent} der Nutzung aller`,
    trend: (name, days) => `Nutzung von ${name} an jedem von ${days} Tagen`,
    raise: 'Erhöhen',
    raiseOf: (name) => `Den Anteil von ${name} erhöhen`,
    edit: 'Festlegen',
    editOf: (name) => `Anteil von ${name} festlegen`,
    editMany: (count, written) =>
      plural(count, {
        one: 'Anteil von 1 Mitglied festlegen',
        other: `Anteil von ${written} Mitgliedern festlegen`,
      }),
    clearMany: (count, written) =>
      plural(count, {
        one: 'Anteil von 1 Mitglied aufheben',
        other: `Anteile von ${written} Mitgliedern aufheben`,
      }),
    selected: (count) => `${count} ausgewählt`,
    setSelected: 'Anteil festlegen',
    clearSelected: 'Anteil aufheben',
    field: 'Anteil je Zyklus',
    invalid: (one, other) => `Eine Zahl, etwa ${one} oder ${other}`,
    now: 'Gilt sofort.',
    costsNothing: 'Ein Anteil kostet nichts.',
    stops: (names) => `Hält sofort an, da schon so viel verbraucht ist: ${names}.`,
    cleared: 'Danach gilt wieder der gemeinsame Vorrat.',
    confirm: (amount) => `Auf ${amount} festlegen`,
    confirmClear: 'Anteil aufheben',
    clear: 'Anteil aufheben',
    saving: 'Wird gespeichert',
    back: 'Nicht jetzt',
    failed: (names) => `Nicht gespeichert: ${names}. Versuchen Sie es erneut.`,
    loadMore: 'Weitere Mitglieder',
    loadingMore: 'Wird geladen',
    moreFailed: 'Weitere Mitglieder wurden nicht geladen.',
  },
};

import { plural } from '../languages/de-words.ts';
import type { DiagnosisTexts } from './diagnosis-texts.ts';

/** The texts of the room in German. */
export const de: DiagnosisTexts = {
  whyBlocked: {
    what: 'Diagnose',
    title: 'Warum stockt meine Arbeit?',
    clear: 'Nichts hält Ihre Arbeit auf',
    clearDetail:
      'Guthaben und Limits reichen für einen weiteren Lauf wie den letzten; ein größerer kann mehr brauchen.',
    atRisk: 'Im Moment hält nichts Ihre Arbeit auf',
    atRiskDetail: 'Was unten steht, kann sie bald aufhalten oder ist einen Blick wert.',
    runningGoesOn: (count, written) =>
      plural(count, {
        one: 'Die laufende Aufgabe geht weiter, neue Arbeit wartet. Nichts wird gelöscht.',
        other: `Die ${written} laufenden Aufgaben gehen weiter, neue Arbeit wartet. Nichts wird gelöscht.`,
      }),
    runningMayStop: (count, written) =>
      plural(count, {
        one: 'Die laufende Aufgabe kann bei ihrer nächsten Belastung enden. Was sie getan hat, bleibt.',
        other: `Die ${written} laufenden Aufgaben können bei ihrer nächsten Belastung enden. Was sie getan haben, bleibt.`,
      }),
    nothingRuns: 'Neue Arbeit wartet. Nichts wird gelöscht.',
    waiting: (count, written) =>
      plural(count, {
        one: '1 Aufgabe wartet auf den Start.',
        other: `${written} Aufgaben warten auf den Start.`,
      }),
    othersGoOn: 'An Guthaben und Limits liegt es nicht; andere Arbeit geht weiter.',
    runNeeds: (needed, available) =>
      `Ein weiterer Lauf wie der letzte braucht ${needed}, verfügbar: ${available}.`,
    refusedAgo: (ago) => `Ein Lauf wurde ${ago} abgelehnt. Er würde auch jetzt abgelehnt.`,
    refusedJustNow: 'Gerade eben wurde ein Lauf abgelehnt.',
    justNow: 'gerade eben',
    refusedNeeds: (needed, available) => `Er braucht ${needed}, verfügbar: ${available}.`,
    taskNeeds: (name, needed, available) => `„${name}“ braucht zum Start ${needed}, verfügbar: ${available}.`,
    taskWaits: (name) => `„${name}“ wartet darauf.`,
    cheaperTitle: 'Zu wenig Guthaben für dieses Modell',
    cheaperFits: (model, cost) => `${model} passt: Derselbe Lauf kostet ${cost}.`,
    packs: (packs) => `Dafür reicht: ${packs}.`,
    pack: (label, price) => `${label} für ${price}`,
    tasksFailed: (count, written) =>
      plural(count, { one: 'Eine Aufgabe schlug fehl', other: `${written} Aufgaben schlugen fehl` }),
    tasksStuck: (count, written) =>
      plural(count, {
        one: 'Eine Aufgabe steht seit einer Stunde still',
        other: `${written} Aufgaben stehen seit einer Stunde still`,
      }),
    tasksWaiting: (count, written) =>
      plural(count, {
        one: 'Eine Aufgabe wartet auf den Start',
        other: `${written} Aufgaben warten auf den Start`,
      }),
    tasksFailedAdvice: 'Beheben Sie, was der Fehler nennt, und starten Sie erneut.',
    tasksStuckAdvice: 'Warten Sie darauf, oder brechen Sie ab und starten Sie erneut.',
    tasksWaitingAdvice: 'Nichts in diesem Konto hält sie auf; was sie startet, hat es noch nicht getan.',
    noError: 'Sie endete, ohne zu sagen, warum.',
    moreTasks: (count, written) => plural(count, { one: 'und 1 weitere', other: `und ${written} weitere` }),
    creditsLow: (runs, written) =>
      plural(runs, { one: 'Guthaben für 1 weiteren Lauf', other: `Guthaben für ${written} weitere Läufe` }),
    creditsLowDetail: (available, cost) => `${available} übrig, und ein Lauf wie der letzte kostet ${cost}.`,
    spike: (label) => `Ungewöhnlich viel an einem Tag: ${label}`,
    spikeDetail: (used, day, usual) => `${used} am ${day}; üblich sind ${usual}.`,
    spikeLargest: (agent, percent) => `${percent} davon von ${agent}.`,
    unpriced: (count, written) =>
      plural(count, {
        one: '1 Nutzung hat noch keinen Preis',
        other: `${written} Nutzungen haben noch keinen Preis`,
      }),
    unpricedDetail: 'Sie sind gezählt und werden berechnet, sobald es einen Preis gibt.',
    unpricedNames: (names) => `Es geht um ${names}.`,
    limitNear: (label) => `${label} nahe am Limit`,
    limitReached: (label) => `${label} am Limit`,
    limitFigures: (used, limit) => `${used} von ${limit} verbraucht.`,
    limitPercent: (percent) => `${percent} verbraucht.`,
    limitResets: (when) => `Es beginnt ${when} neu.`,
    alsoFound: 'Außerdem gefunden',
    found: 'Was gefunden wurde',
    severity: { blocking: 'Hält Arbeit auf', warning: 'Bitte ansehen', note: 'Gut zu wissen' },
    lookedAt: 'Was geprüft wurde',
    areas: { tasks: 'Aufgaben', usage: 'Nutzung', billing: 'Abrechnung und Limits' },
    tasksLookedAt: (count, written) =>
      count === 0
        ? 'Noch keine Aufgaben'
        : plural(count, { one: 'Die letzte Aufgabe', other: `Die letzten ${written} Aufgaben` }),
    daysLookedAt: (_count, written) => `Die letzten ${written} Tage`,
    limitsLookedAt: (count, written) =>
      count === 0 ? 'Keine Limits' : plural(count, { one: '1 Limit', other: `${written} Limits` }),
    nothingFound: 'Nichts gefunden',
    notPermitted: 'Nicht Teil Ihrer Rolle',
  },
};

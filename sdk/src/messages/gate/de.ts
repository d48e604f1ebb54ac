import type { GateTexts } from './gate-texts.ts';

/** The texts of the room in German. */
export const de: GateTexts = {
  outOfCredits: {
    title: {
      insufficient_credits: 'Guthaben aufgebraucht',
      plan_limit_reached: 'Limit des Tarifs erreicht',
      window_limit_reached: 'Limit vorerst erreicht',
      metric_paused: 'Angehalten',
      feature_not_in_plan: 'Nicht in diesem Tarif',
      capacity_exceeded: 'Mehr, als der Tarif erlaubt',
      concurrency_exceeded: 'Zu viele auf einmal',
      allocation_exhausted: 'Ihr Anteil ist verbraucht',
      account_limit_reached: 'Limit dieses Kontos erreicht',
      additional_use_exhausted: 'Zusätzliche Nutzung ist verbraucht',
    },
    outOfMoney: 'Guthaben reicht nicht',
    detail: {
      insufficient_credits: () => 'Was übrig ist, reicht dafür nicht.',
      plan_limit_reached: (label, limit) =>
        limit
          ? `${label}: Das Limit des Tarifs von ${limit} ist erreicht.`
          : `${label}: Das Limit des Tarifs ist erreicht.`,
      window_limit_reached: (label, window, limit) =>
        limit
          ? `${label}: Das Limit von ${limit} für „${window}“ ist erreicht.`
          : `${label}: Das Limit für „${window}“ ist erreicht.`,
      metric_paused: (cause) =>
        cause === undefined
          ? 'Das ist angehalten. Nichts wurde gelöscht.'
          : cause === 'trial_over'
            ? 'Der Testzeitraum ist vorbei. Mit einer Zahlungsmethode oder einem anderen Tarif geht es weiter; nichts wurde gelöscht.'
            : cause === 'ended'
              ? 'Der Tarif ist beendet. Mit einem anderen Tarif geht es weiter; nichts wurde gelöscht.'
              : 'Eine Zahlung ist fehlgeschlagen. Sobald sie beglichen ist, geht es weiter; nichts wurde gelöscht.',
      feature_not_in_plan: () => 'Der Tarif enthält das nicht.',
      capacity_exceeded: (label, limit) =>
        limit
          ? `${label}: Der Tarif erlaubt ${limit}.`
          : `${label}: Der Tarif enthält die gewählte Stufe nicht.`,
      concurrency_exceeded: () =>
        'Es laufen so viele Aufgaben, wie der Tarif gleichzeitig erlaubt. Eine neue kann beginnen, wenn eine andere endet.',
      allocation_exhausted: (label, limit) =>
        limit
          ? `${label}: Der Anteil dieses Mitglieds von ${limit} ist verbraucht. Ein Administrator kann ihn erhöhen.`
          : `${label}: Der Anteil dieses Mitglieds ist verbraucht. Ein Administrator kann ihn erhöhen.`,
      account_limit_reached: (label, limit) =>
        limit
          ? `${label}: Das Limit von ${limit}, das dieses Konto sich gesetzt hat, ist erreicht.`
          : `${label}: Das Limit, das dieses Konto sich gesetzt hat, ist erreicht.`,
      additional_use_exhausted: (label) =>
        `${label}: Was enthalten ist, ist verbraucht, und zusätzliche Nutzung ist aus oder aufgebraucht.`,
    },
    figures: (available, requested) => `${available} verfügbar, ${requested} nötig.`,
    running: 'Laufende Arbeit geht weiter, neue wartet. Nichts wird gelöscht.',
    resets: (when, date) => `Es beginnt ${when} neu, am ${date}.`,
    askWho: 'Fragen Sie einen Inhaber oder Administrator dieses Kontos:',
    neutralTitle: 'Nicht verfügbar',
    neutral: 'Dieser Assistent ist gerade nicht verfügbar. Bitte versuchen Sie es später erneut.',
  },
};

import { plural } from '../languages/de-words.ts';
import type { ActivityTexts } from './activity-texts.ts';

/** The texts of the room in German. */
export const de: ActivityTexts = {
  activityLog: {
    what: 'Protokoll',
    title: 'Aktivität',
    emptyTitle: 'Noch keine Aktivität',
    emptyDetail: 'Hier stehen Käufe, Korrekturen und Änderungen an dem, was Geld kostet.',
    kind: {
      credits_purchased: 'Kauf',
      purchase_failed: 'Fehlgeschlagener Kauf',
      credits_granted: 'Gutschrift',
      credits_adjusted: 'Korrektur',
      auto_top_up_changed: 'Automatisch aufladen',
      payment_method_changed: 'Zahlungsmittel',
      own_key_changed: 'Eigener Schlüssel',
      subscription_changed: 'Abonnement',
      use_voided: 'Zurückgenommen',
      member_removed: 'Mitglied entfernt',
      invoice_issued: 'Rechnung',
      invoice_paid: 'Rechnung bezahlt',
      invoice_changed: 'Rechnung geändert',
      payment_failed: 'Zahlung überfällig',
      payment_refunded: 'Erstattung',
      payment_disputed: 'Zahlungseinspruch',
      billing_details_changed: 'Rechnungsangaben',
    },
    event: {
      credits_bought: (credits, price) => `${credits} für ${price} aufgeladen`,
      credits_topped_up: (credits, price) => `${credits} für ${price} automatisch aufgeladen`,
      purchase_failed: (credits, price) => `${credits} für ${price} nicht aufgeladen`,
      credits_granted: (amount, label) => `${amount} gutgeschrieben: ${label}`,
      credits_added: (amount) => `${amount} gutgeschrieben`,
      credits_taken_back: (amount) => `${amount} zurückgenommen`,
      auto_top_up_set: (pack, price, threshold) =>
        `Automatisches Aufladen kauft ${pack} für ${price}, sobald weniger als ${threshold} übrig sind`,
      auto_top_up_off: 'Automatisches Aufladen ausgeschaltet',
      payment_method_set: (brand, lastFour) =>
        `Zahlungsmittel ist jetzt ${brand} mit den Endziffern ${lastFour}`,
      payment_method_removed: (brand, lastFour) =>
        `${brand} mit den Endziffern ${lastFour} wurde beim Zahlungsanbieter entfernt`,
      own_key_set: (provider, lastFour) =>
        `Eigener Schlüssel für ${provider} mit den Endzeichen ${lastFour} in Verwendung`,
      own_key_removed: (provider) => `Eigener Schlüssel für ${provider} entfernt`,
      plan_changed: {
        month: (plan) => `Tarif ${plan}, monatlich berechnet`,
        year: (plan) => `Tarif ${plan}, jährlich berechnet`,
      },
      plan_scheduled: {
        month: (plan) => `Tarif ${plan}, monatlich berechnet, ab dem Ende des Zeitraums`,
        year: (plan) => `Tarif ${plan}, jährlich berechnet, ab dem Ende des Zeitraums`,
      },
      plan_tried: (plan) => `Testphase des Tarifs ${plan}`,
      plan_kept: 'Der jetzige Tarif läuft weiter',
      trial_started: (days, written) =>
        plural(days, { one: 'Testphase von 1 Tag', other: `Testphase von ${written} Tagen` }),
      trial_extended: (days, written) =>
        plural(days, {
          one: 'Die Testphase läuft noch 1 Tag',
          other: `Die Testphase läuft noch ${written} Tage`,
        }),
      trial_ended: 'Die Testphase ist zu Ende',
      cancelled: 'Abonnement zum Ende des Zeitraums gekündigt',
      resumed: 'Abonnement fortgesetzt',
      quantity_set: (label, quantity) => `${label}: ${quantity}`,
      dedicated_ips_set: (quantity) => `Feste Adressen: ${quantity}`,
      dedicated_ip_assigned: (ip, agent) => `${ip} an ${agent} vergeben`,
      dedicated_ip_released: (ip) => `${ip} freigegeben`,
      dedicated_ip_removed: (ip) => `${ip} abbestellt`,
      additional_use_set: {
        off: (label) => `Zusätzliche Nutzung von ${label} ausgeschaltet`,
        unlimited: (label) => `Zusätzliche Nutzung von ${label} ohne Grenze`,
        capped: (label, cap) => `Zusätzliche Nutzung von ${label} bis ${cap}`,
      },
      own_limit_set: (label, limit) => `${label}: auf ${limit} begrenzt`,
      own_limit_removed: (label) => `${label}: kein eigenes Limit`,
      alerts_set: (label, amounts) => `${label}: Hinweise bei ${amounts}`,
      alerts_removed: (label) => `${label}: kein Hinweis`,
      alert_mail_set: 'Hinweise gehen an eine andere Adresse',
      alert_mail_removed: 'Hinweise werden nicht verschickt',
      contract_set: (label) => `Vertrag: ${label}`,
      contract_ended: 'Der Vertrag ist zu Ende',
      catalog_moved: (version) => `Auf Fassung ${version} der Tarife gewechselt`,
      payment_standing: {
        paid: 'Alles ist bezahlt',
        past_due: 'Eine Zahlung ist überfällig',
        retries_exhausted: 'Eine Zahlung schlug zum letzten Mal fehl und wird nicht von selbst wiederholt',
      },
      invoice: {
        issued: (number, total) => `Rechnung ${number} über ${total} gestellt`,
        paid: (number, total) => `Rechnung ${number} über ${total} bezahlt`,
        void: (number, total) => `Rechnung ${number} über ${total} ist ungültig`,
        uncollectible: (number, total) => `Rechnung ${number} über ${total} aufgegeben`,
        past_due: (number, total) => `Rechnung ${number} über ${total} ist überfällig`,
      },
      line_billed: (subject, amount) => `${subject} über ${amount} berechnet`,
      paid_ahead: (amount) => `${amount} mehr als geschuldet bezahlt, für die nächste Rechnung vorgemerkt`,
      plan_change_unpaid: (plan) => `Der Wechsel zu ${plan} wurde nicht bezahlt und nicht gemacht`,
      quantity_unpaid: (subject) => `${subject} wurde nicht bezahlt und nicht geändert`,
      refunded: (amount, subject) => `${amount} von ${subject} erstattet`,
      refund_failed: (amount, subject) => `${amount} von ${subject} konnten nicht erstattet werden`,
      refund_returned: (amount, subject) =>
        `${amount} von ${subject} von der Bank zurückgekommen, für die nächste Rechnung vorgemerkt`,
      disputed: {
        inquiry: (amount, subject) => `Die Bank fragt zu ${amount} von ${subject} nach`,
        open: (amount, subject) => `Einspruch bei der Bank gegen ${amount} von ${subject}`,
        won: (amount, subject) =>
          `Einspruch gegen ${amount} von ${subject} beendet, die Zahlung bleibt bestehen`,
        lost: (amount, subject) => `Einspruch gegen ${amount} von ${subject} beendet, das Geld ging zurück`,
      },
      billing_details_set: (name) => `Rechnungen gehen an ${name}`,
      use_taken_back: (label, more, written) =>
        !label
          ? 'Nutzung zurückgenommen'
          : more === 0
            ? `Zurückgenommen: ${label}`
            : `Zurückgenommen: ${label} und ${written} weitere`,
      member_removed: (name) => `${name} wurde entfernt`,
    },
    by: (member) => `von ${member}`,
    more: 'Mehr anzeigen',
    loadingMore: 'Wird geladen',
    moreFailed: 'Weitere wurden nicht geladen. Versuchen Sie es erneut.',
  },
};

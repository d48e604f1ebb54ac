/** The icon's figure of an account. */
export interface IconChoice {
  /** `auto` is the credits, or a meter or window that stands worse. A meter or window is named by its id. */
  what: 'auto' | 'credits' | 'reset' | `meter:${string}` | `window:${string}`;
  /** How a meter or window is shown; popup, title and icon use the same form. */
  as: 'left' | 'used';
  /** Shows nothing while all is well. */
  onlyTrouble: boolean;
}

/** The user's settings, kept over restarts. */
export interface Settings {
  /** The account that is shown where no added site is in view; null for the one that needs attention most. */
  chosenConnectionId: string | null;
  icon: IconChoice;
  notify: NotifySettings;
}

/** Whether and when notifications come. Hours are of the reader's clock, 0 to 23; both the same is never quiet. */
export interface NotifySettings {
  isOn: boolean;
  quietFromHour: number;
  /** Exclusive. */
  quietToHour: number;
}

export const defaultSettings: Settings = {
  chosenConnectionId: null,
  icon: { what: 'auto', as: 'left', onlyTrouble: false },
  notify: { isOn: false, quietFromHour: 22, quietToHour: 7 },
};

/** Reads stored settings; unreadable ones get their defaults. */
export function parseSettings(value: unknown): Settings {
  const { chosenConnectionId, icon, notify } = toFields(value);
  return {
    chosenConnectionId: typeof chosenConnectionId === 'string' ? chosenConnectionId : null,
    icon: parseIconChoice(icon),
    notify: parseNotifySettings(notify),
  };
}

/** Reads the icon's settings; unreadable ones get their defaults. */
export function parseIconChoice(value: unknown): IconChoice {
  const { what, as, onlyTrouble } = toFields(value);
  return {
    what: isWhat(what) ? what : 'auto',
    as: as === 'used' ? 'used' : 'left',
    onlyTrouble: onlyTrouble === true,
  };
}

/** Reads the notification settings; unreadable ones get their defaults. */
export function parseNotifySettings(value: unknown): NotifySettings {
  const { isOn, quietFromHour, quietToHour } = toFields(value);
  const { notify } = defaultSettings;
  return {
    isOn: isOn === true,
    quietFromHour: isHour(quietFromHour) ? quietFromHour : notify.quietFromHour,
    quietToHour: isHour(quietToHour) ? quietToHour : notify.quietToHour,
  };
}

function isHour(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 24;
}

function isWhat(value: unknown): value is IconChoice['what'] {
  return typeof value === 'string' && /^(auto|credits|reset|(meter|window):[\w.:@-]{1,128})$/.test(value);
}

function toFields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

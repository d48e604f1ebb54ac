/** What the icon shows of an account. */
export interface IconChoice {
  /** `auto` is the credits, or a meter or window that stands worse. A meter or window is named by its id. */
  what: 'auto' | 'credits' | 'reset' | `meter:${string}` | `window:${string}`;
  /** Of a meter or window; popup, title and icon say it the same way. */
  as: 'left' | 'used';
  /** Shows nothing while all is well. */
  onlyTrouble: boolean;
}

/** What the user chose, kept over restarts. */
export interface Settings {
  /** The account that is shown where no added site is in view; null for the one that needs attention most. */
  chosenConnectionId: string | null;
  icon: IconChoice;
}

export const defaultSettings: Settings = {
  chosenConnectionId: null,
  icon: { what: 'auto', as: 'left', onlyTrouble: false },
};

/** Reads stored settings; what is not understood is as by default. */
export function parseSettings(value: unknown): Settings {
  const { chosenConnectionId, icon } = toFields(value);
  return {
    chosenConnectionId: typeof chosenConnectionId === 'string' ? chosenConnectionId : null,
    icon: parseIconChoice(icon),
  };
}

/** Reads what was chosen for the icon; what is not understood is as by default. */
export function parseIconChoice(value: unknown): IconChoice {
  const { what, as, onlyTrouble } = toFields(value);
  return {
    what: isWhat(what) ? what : 'auto',
    as: as === 'used' ? 'used' : 'left',
    onlyTrouble: onlyTrouble === true,
  };
}

function isWhat(value: unknown): value is IconChoice['what'] {
  return typeof value === 'string' && /^(auto|credits|reset|(meter|window):[\w.:@-]{1,128})$/.test(value);
}

function toFields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

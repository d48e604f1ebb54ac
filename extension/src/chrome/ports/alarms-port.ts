export interface AlarmsPort {
  /** Sets the alarm, in place of an earlier one of that name; the browser may ring up to 30 s late. */
  set(name: string, atMs: number): Promise<void>;
  clear(name: string): Promise<void>;
  isSet(name: string): Promise<boolean>;
  onAlarm(listener: (name: string) => void): void;
}

export function createChromeAlarms(): AlarmsPort {
  return {
    set: (name, atMs) => chrome.alarms.create(name, { when: atMs }),
    async clear(name) {
      await chrome.alarms.clear(name);
    },
    isSet: async (name) => (await chrome.alarms.get(name)) !== undefined,
    onAlarm(listener) {
      chrome.alarms.onAlarm.addListener(({ name }) => listener(name));
    },
  };
}

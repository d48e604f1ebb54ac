import { useState } from 'react';
import { callBackground } from '../chrome/call-background.ts';
import { createChromeNotifications } from '../chrome/ports/notifications-port.ts';
import type { NotifySettings } from '../core/settings.ts';
import { readWords } from '../pages/read-words.ts';

const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** Notifications: off until they are turned on here, which asks the browser; and the hours in which none come. */
export function NotifyForm({ settings }: { settings: NotifySettings }) {
  const { settings: words } = readWords();
  const [isRefused, setIsRefused] = useState(false);
  const set = (change: Partial<NotifySettings>): void => {
    callBackground('setNotify', { ...settings, ...change }).catch(reportError);
  };
  /** The browser asks the user only within a click, so that nothing is awaited before it is asked to. */
  const turn = async (isOn: boolean): Promise<void> => {
    const isAllowed = !isOn || (await createChromeNotifications().request());
    setIsRefused(!isAllowed);
    set({ isOn: isOn && isAllowed });
  };
  return (
    <section aria-labelledby="notify">
      <h2 id="notify">{words.notifications}</h2>
      <div className="card form">
        <label className="check">
          <input
            type="checkbox"
            checked={settings.isOn}
            onChange={({ target }) => turn(target.checked).catch(reportError)}
          />
          {words.notify}
        </label>
        {isRefused && (
          <p className="problem" role="alert">
            {words.notifyRefused}
          </p>
        )}
        {settings.isOn && (
          <div className="hours">
            <Hour
              id="quiet-from"
              label={words.quietFrom}
              hour={settings.quietFromHour}
              onChange={(quietFromHour) => set({ quietFromHour })}
            />
            <Hour
              id="quiet-to"
              label={words.quietUntil}
              hour={settings.quietToHour}
              onChange={(quietToHour) => set({ quietToHour })}
            />
          </div>
        )}
      </div>
    </section>
  );
}

interface HourProps {
  id: string;
  label: string;
  hour: number;
  onChange(hour: number): void;
}

function Hour({ id, label, hour, onChange }: HourProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="select"
        value={hour}
        onChange={({ target }) => onChange(Number(target.value))}
      >
        {hours.map((each) => (
          <option key={each} value={each}>
            {String(each).padStart(2, '0')}:00
          </option>
        ))}
      </select>
    </div>
  );
}

'use client';
import { type FormEvent, useId, useState } from 'react';
import { connectBrowserMessages } from '../../messages/pairings/connect-browser.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Button } from '../parts/controls/button.tsx';
import { Card } from '../parts/widget/card.tsx';
import { type WidgetProps, WidgetRoot } from '../parts/widget/widget-root.tsx';

export interface CodeFormProps extends Pick<WidgetProps, 'headingLevel'> {
  onCode: (code: string) => void;
}

/** Asks for the code that the extension shows. Renders a `section` with a form. Reads messages. */
export function CodeForm({ onCode, headingLevel = 2 }: CodeFormProps) {
  const messages = useMessages('connectBrowser', connectBrowserMessages);
  const [typed, setTyped] = useState('');
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() !== '') onCode(typed.trim());
  };
  return (
    <WidgetRoot name="connect-browser" state="code" label={messages.title}>
      <Card title={messages.title} headingLevel={headingLevel}>
        <form className="uk-connect-form" onSubmit={submit}>
          <p className="uk-text">{messages.enterCode}</p>
          <div className="uk-field-line">
            <label className="uk-field-name" htmlFor={id}>
              {messages.code}
            </label>
            <input
              id={id}
              className="uk-input uk-connect-input"
              dir="ltr"
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
              placeholder="XXXX-XXXX"
              maxLength={16}
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
            />
            <Button kind="primary" onClick={submit}>
              {messages.next}
            </Button>
          </div>
        </form>
      </Card>
    </WidgetRoot>
  );
}

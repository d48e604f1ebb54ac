import { type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { type ConsoleSession, readMode, signIn } from '../api/session.ts';
import { Field } from '../parts/field.tsx';
import { Heading } from '../parts/heading.tsx';
import { Mark } from '../parts/mark.tsx';
import { wordsOf } from '../parts/states.tsx';

interface SignInPageProps {
  wasSignedIn: boolean;
  onSignedIn: (session: ConsoleSession) => void;
}

export function SignInPage({ wasSignedIn, onSignedIn }: SignInPageProps) {
  const [key, setKey] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const [mode, setMode] = useState<'test' | 'live'>();

  useEffect(() => {
    readMode().then(setMode, () => {});
  }, []);

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (isSending || key === '') return;
    setSending(true);
    setProblem(undefined);
    try {
      onSignedIn(await signIn(key.trim()));
    } catch (error) {
      setProblem(wordsOf(error));
      setSending(false);
      form.current?.querySelector('input')?.focus();
    }
  };

  return (
    <main className="sign-in">
      <form ref={form} onSubmit={submit} noValidate>
        <div className="brand">
          <Mark />
          <span>UsageKit</span>
          {mode === 'test' && <span className="pill test">Test mode</span>}
        </div>
        <Heading title="Sign in to the console" />
        {wasSignedIn && (
          <p className="notice" role="status">
            Your session has ended. Nothing that you sent was lost.
          </p>
        )}
        <Field
          label="Secret key"
          type="password"
          value={key}
          onChange={setKey}
          problem={problem}
          autoFocus
          hint={
            mode === undefined
              ? undefined
              : `It begins with sk_${mode}_, and stays on the server for an hour.`
          }
        />
        <button type="submit" className="button primary" aria-disabled={isSending || key === ''}>
          {isSending ? 'Signing in…' : 'Sign in'}
        </button>
      </form>
    </main>
  );
}

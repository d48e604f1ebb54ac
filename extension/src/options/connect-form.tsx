import { type SubmitEvent, useState } from 'react';
import { callBackground } from '../chrome/call-background.ts';
import { type ConnectionField, parseConnectionInput } from '../core/connection/connection.ts';
import { RpcError } from '../core/rpc/rpc.ts';
import { readWords } from '../pages/read-words.ts';
import { TextField } from './text-field.tsx';

interface FormProblem {
  /** Null for what belongs to no field. */
  field: ConnectionField | null;
  message: string;
}

/**
 * Takes the server's address and an extension token, and has the background try them. What is typed is looked at
 * before it is sent; a secret key is cleared from the field at once.
 */
export function ConnectForm() {
  const words = readWords();
  const [serverUrl, setServerUrl] = useState('');
  const [token, setToken] = useState('');
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const [isConnecting, setIsConnecting] = useState(false);

  const refuse = (field: ConnectionField | null, message: string): void => {
    setProblem({ field, message });
    if (/^\s*sk_/i.test(token)) setToken('');
    if (field !== null) document.getElementById(field)?.focus();
  };

  const connect = async (): Promise<void> => {
    const input = parseConnectionInput({ serverUrl, token }, words);
    if (!input.ok) return refuse(input.field, input.message);
    setIsConnecting(true);
    setProblem(null);
    try {
      const answer = await callBackground('connect', { serverUrl, token });
      if (!answer.connected) return refuse(answer.field, answer.message);
      setServerUrl('');
      setToken('');
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      refuse(null, error.message);
    } finally {
      setIsConnecting(false);
    }
  };

  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (!isConnecting) connect().catch(reportError);
  };

  return (
    <form className="form" onSubmit={onSubmit} noValidate>
      <p className="muted">{words.connect.whereFrom}</p>
      <TextField
        id="serverUrl"
        label={words.connect.server}
        value={serverUrl}
        onChange={setServerUrl}
        placeholder="https://usage.example.com"
        problem={problem?.field === 'serverUrl' ? problem.message : undefined}
        inputMode="url"
      />
      <TextField
        id="token"
        label={words.connect.token}
        value={token}
        onChange={setToken}
        problem={problem?.field === 'token' ? problem.message : undefined}
        type="password"
      />
      {problem !== null && problem.field === null && (
        <p className="problem" role="alert">
          {problem.message}
        </p>
      )}
      <div>
        <button type="submit" className="button" data-kind="primary" disabled={isConnecting}>
          {isConnecting ? words.connect.connecting : words.connect.connect}
        </button>
      </div>
    </form>
  );
}

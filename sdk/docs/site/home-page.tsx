import { Link } from '@rspress/core/theme';
import { LiveExample } from './live-example.tsx';

const ways = [
  ['Start', '/guide/start', 'A server, a backend and a page in five minutes.'],
  ['Components', '/components/', 'Each of them live on the mock, with its props and its states.'],
  ['API', '/api/gate', 'Every call, type and error, made from the code.'],
  ['Testing', '/guide/testing', 'The mock is the real server in memory.'],
] as const;

/** The first page: what it is, and the usage page as a customer sees it. */
export function HomePage() {
  return (
    <div className="docs-home">
      <h1>Show your customers what they have used</h1>
      <p className="docs-home-lead">
        What is left, what it costs, and what to do when it runs out: React widgets, a browser extension, and
        a metering server behind both.
      </p>
      <p className="docs-home-actions">
        <Link className="docs-home-first" href="/guide/start">
          Start
        </Link>
        <code>npx usagekit init</code>
      </p>
      <LiveExample name="UsagePanel" bare />
      <ul className="docs-home-ways">
        {ways.map(([title, href, words]) => (
          <li key={href}>
            <Link href={href}>
              <strong>{title}</strong>
              <span>{words}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

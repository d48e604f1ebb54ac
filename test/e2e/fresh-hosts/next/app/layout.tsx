import '@usagekit/react/styles.css';
import type { ReactNode } from 'react';
import { Providers } from './providers';

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <Providers baseUrl={process.env.USAGEKIT_URL ?? ''}>{children}</Providers>
      </body>
    </html>
  );
}

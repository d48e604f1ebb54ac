import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/base.css';
import '@usagekit/react/styles.css';
import './styles/frame.css';
import './styles/lists.css';
import './styles/dialogs.css';
import { App } from './app.tsx';
import { keepFocus } from './keep-focus.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root.');
keepFocus();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

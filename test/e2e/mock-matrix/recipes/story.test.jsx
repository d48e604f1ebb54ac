import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it, vi } from 'vitest';
import meta, { AlmostOut } from './credits.stories.jsx';
import preview from './preview.js';

it('shows the story as Storybook would', async () => {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true;
  const container = document.body.appendChild(document.createElement('div'));
  const [decorate] = preview.decorators;
  const Story = () => decorate(meta.component, { id: 'almost-out', globals: {}, ...AlmostOut });
  await act(async () => createRoot(container).render(<Story />));
  await vi.waitFor(() => expect(container.textContent).toBe('1 credits'), 10_000);
});

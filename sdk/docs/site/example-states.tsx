import { type ComponentType, useEffect, useState } from 'react';

/** The states of a component as the gallery draws them, from figures at hand; loaded when a reader asks for them. */
export function ExampleStates({ name }: { name: string }) {
  const [isOpen, setOpen] = useState(false);
  const [List, setList] = useState<ComponentType<{ name: string }>>();
  useEffect(() => {
    if (isOpen) void import('./state-list.tsx').then(({ StateList }) => setList(() => StateList));
  }, [isOpen]);
  return (
    <details className="docs-states" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Every state of it</summary>
      {isOpen && List && <List name={name} />}
    </details>
  );
}

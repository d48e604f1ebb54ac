import { type ComponentType, useEffect, useRef, useState } from 'react';
import type { ExampleName } from './examples.ts';
import './live-example.css';

export interface LiveExampleProps {
  name: ExampleName;
  /** Leaves out the controls, as on the first page. */
  bare?: boolean;
}

/**
 * A component on the mock, in the page. The mock is the server itself, so it is loaded when the example comes into view, and in the
 * browser alone.
 */
export function LiveExample(props: LiveExampleProps) {
  const place = useRef<HTMLDivElement>(null);
  const [Stage, setStage] = useState<ComponentType<LiveExampleProps>>();
  useEffect(() => {
    if (!place.current) return;
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        watch.disconnect();
        void import('./stage.tsx').then(({ Stage: loaded }) => setStage(() => loaded));
      },
      { rootMargin: '200px' },
    );
    watch.observe(place.current);
    return () => watch.disconnect();
  }, []);
  return (
    <div ref={place} className="docs-live" data-example={props.name}>
      {Stage ? (
        <Stage {...props} />
      ) : (
        <p className="docs-live-waiting">A live example of {props.name} loads here.</p>
      )}
    </div>
  );
}

import { styles } from '@usagekit/react/styles';
import { TaskTable } from '@usagekit/react/task-table';
import { useLayoutEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { manyTasks } from '../../../sdk/gallery/fixtures/tasks.ts';
import type { Frames, TaskTableUnderTest } from './task-table-in-chromium.ts';

/** The page in which the benches of TaskTable measure; they call what it puts on the window. */
function showTable(rowCount: number): Promise<number> {
  const data = manyTasks(rowCount);
  const root = createRoot(document.body.appendChild(document.createElement('main')));
  return new Promise((resolve) => {
    const startedAtMs = performance.now();
    root.render(
      <OnPaint onPaint={() => resolve(performance.now() - startedAtMs)}>
        <TaskTable data={data} />
      </OnPaint>,
    );
  });
}

function OnPaint({ onPaint, children }: { onPaint: () => void; children: React.ReactNode }) {
  useLayoutEffect(() => {
    requestAnimationFrame(() => {
      // The first task after a frame's callbacks comes when the frame has been drawn.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = onPaint;
      port2.postMessage(null);
    });
  }, [onPaint]);
  return children;
}

/** Scrolls by so much a frame, down and at the end back, and says how long each frame took. */
function scroll(frameCount: number, stepPx: number): Promise<Frames> {
  const region = document.querySelector('.uk-scroll');
  if (!region) throw new Error('There is no table to scroll.');
  const millisecondsOfFrames: number[] = [];
  let blank = 0;
  let direction = 1;
  let lastMs: number | undefined;
  return new Promise((resolve) => {
    const frame = (nowMs: number) => {
      if (lastMs !== undefined) millisecondsOfFrames.push(nowMs - lastMs);
      lastMs = nowMs;
      if (isBlank(region)) blank += 1;
      if (millisecondsOfFrames.length >= frameCount) return resolve({ millisecondsOfFrames, blank });
      const before = region.scrollTop;
      region.scrollTop = before + direction * stepPx;
      if (region.scrollTop === before) direction = -direction;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

/** Whether a row is missing where one is to be seen. */
function isBlank(region: Element): boolean {
  const { top, bottom } = region.getBoundingClientRect();
  return [...region.querySelectorAll('.uk-spacer')].some((spacer) => {
    const space = spacer.getBoundingClientRect();
    return space.height > 0 && space.bottom > top && space.top < bottom;
  });
}

const sheet = document.head.appendChild(document.createElement('style'));
sheet.textContent = styles;
(window as unknown as { taskTable: TaskTableUnderTest }).taskTable = { showTable, scroll };

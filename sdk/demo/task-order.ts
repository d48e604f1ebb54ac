import type { Depth } from './task-items.ts';

/** Body of `POST /api/tasks`. */
export interface TaskOrder {
  prompt: string;
  model: string;
  depth: Depth;
}

/** One line of its answer. A visitor's lines hold no figures. */
export type TaskLine =
  | { type: 'started'; taskId: string; estimate?: string | undefined }
  | { type: 'text'; text: string }
  | { type: 'done'; cost?: string | undefined };

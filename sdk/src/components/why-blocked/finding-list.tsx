import type { Action, Finding, FindingSeverity } from '@usagekit/server/contract';
import { formatAgo } from '../../format/format-ago.ts';
import { ActionButtons } from '../parts/controls/action-buttons.tsx';
import { LinkButton } from '../parts/controls/link-button.tsx';
import type { Drawing } from '../parts/icons/icon.tsx';
import { Icon } from '../parts/icons/icon.tsx';
import { overIcon, warningIcon } from '../parts/icons/level-icons.ts';
import { dashIcon } from '../parts/icons/state-icons.ts';
import { unbroken } from '../parts/words/unbroken.ts';
import { actionsOf, type FindingWriting, findingWords } from './finding-words.ts';

/** A shape for each severity, next to its word. */
export const severityIcons: Record<FindingSeverity, Drawing> = {
  blocking: overIcon,
  warning: warningIcon,
  note: dashIcon,
};

export interface FindingListProps {
  findings: Finding[];
  writing: FindingWriting;
  onAction?: ((action: Action) => void) | undefined;
  onOpenTask?: ((taskId: string) => void) | undefined;
  /** Actions that stand on the screen already and are not offered twice. */
  offered?: Action[] | undefined;
  showsActions: boolean;
}

/** The findings other than the cause, the worst first. Renders a `ul`. Reads nothing. */
export function FindingList(props: FindingListProps) {
  const { findings, writing, onAction, onOpenTask, offered = [], showsActions } = props;
  const shown = new Set(offered.map(({ kind }) => kind));
  return (
    <ul className="uk-list uk-findings">
      {findings.map((finding) => {
        const { title, lines } = findingWords(finding, writing);
        const actions = actionsOf(finding).filter(({ kind }) => !shown.has(kind));
        for (const { kind } of actions) shown.add(kind);
        return (
          <li key={`${finding.kind} ${title}`} className="uk-finding" data-severity={finding.severity}>
            <Icon drawing={severityIcons[finding.severity]} />
            <div className="uk-finding-body">
              <p className="uk-finding-title">
                <span className="uk-strong">{title}</span>{' '}
                <span className="uk-finding-word">{writing.messages.severity[finding.severity]}</span>
              </p>
              {'tasks' in finding && <FoundTasks finding={finding} {...{ writing, onOpenTask }} />}
              <p className="uk-text uk-muted">{unbroken(lines.join(' '))}</p>
              {showsActions && (
                <ActionButtons actions={actions} onAction={onAction} othersMay={writing.refusals.askWho} />
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

export interface FoundTasksProps {
  finding: Extract<Finding, { tasks: unknown }>;
  writing: FindingWriting;
  onOpenTask?: ((taskId: string) => void) | undefined;
}

/** The tasks that a finding names, with what went wrong. Renders a `ul`. Reads nothing. */
export function FoundTasks({ finding, writing, onOpenTask }: FoundTasksProps) {
  const { diagnosis, format, messages } = writing;
  const { kind, tasks, count } = finding;
  const more = count - tasks.length;
  return (
    <ul className="uk-list uk-found-tasks">
      {tasks.map(({ id, name, error, since }) => (
        <li key={id} className="uk-found-task">
          <p className="uk-text">
            {onOpenTask ? (
              <LinkButton onClick={() => onOpenTask(id)}>
                <bdi className="uk-run">{name}</bdi>
              </LinkButton>
            ) : (
              <bdi className="uk-run">{name}</bdi>
            )}{' '}
            <time className="uk-caption" dateTime={since} title={format.dateTime(since, diagnosis.asOf)}>
              {formatAgo(since, diagnosis.asOf, format, messages.justNow)}
            </time>
          </p>
          {kind === 'tasks_failed' && (
            <p className="uk-text uk-found-error" dir="auto">
              {error ?? messages.noError}
            </p>
          )}
        </li>
      ))}
      {more > 0 && <li className="uk-caption">{messages.moreTasks(more, format.number(more))}</li>}
    </ul>
  );
}

/** How things stand at a step: where each thread is, the shared variables' values, who holds what. */
import type { ReactNode } from 'react';
import type { Trace } from '../../kernel/types.ts';
import type { Moment } from '../../trace/lanes.ts';
import { taskName } from '../../trace/names.ts';
import { colourVariable } from './thread-colours.ts';
import styles from './timeline.module.css';

/** A program may have a thousand of each; the whole text tells of all. */
const MOST_ROWS = 24;

export function MomentTable({ moment, trace }: { readonly moment: Moment; readonly trace: Trace }): ReactNode {
  const { threads, variables, things } = moment;
  return (
    <div className={styles.moment}>
      <table>
        <caption>{captionOf(trace)}</caption>
        <tbody>
          {threads.slice(0, MOST_ROWS).map(({ task, name, at, span, ended }) => (
            <tr key={task}>
              <th scope="row" style={{ color: colourVariable(task) }}>
                {name}
              </th>
              <td>{span === null || at === null ? '' : `line ${at.line}`}</td>
              <td>{span === null ? (ended ?? '–') : span.what}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {variables.length > 0 && (
        <table>
          <caption>Shared variables</caption>
          <tbody>
            {variables.slice(0, MOST_ROWS).map(({ variable, value, by, changed }) => (
              <tr key={variable.id} className={changed ? styles.changed : undefined}>
                <th scope="row">
                  <code>{variable.name}</code>
                </th>
                <td>
                  <code>{value ?? '?'}</code>
                </td>
                <td>{by === null ? '' : `${changed ? 'now ' : ''}written by ${taskName(by, trace)}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {things.length > 0 && (
        <table>
          <caption>Locks, queues, …</caption>
          <tbody>
            {things.slice(0, MOST_ROWS).map(({ lane, holder, waiting }) => (
              <tr key={lane.thing}>
                <th scope="row">
                  <code>{lane.name}</code> <small>{lane.made}</small>
                </th>
                <td>{holder === null ? '' : `held by ${taskName(holder, trace)}`}</td>
                <td>
                  {waiting.length === 0 ? '' : `waiting: ${waiting.map((task) => taskName(task, trace)).join(', ')}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function captionOf({ processes, tasks }: Trace): string {
  const fibers = tasks.some(({ thread }) => thread !== undefined);
  if (processes.length > 1) return fibers ? 'Processes, threads and tasks' : 'Processes and threads';
  return fibers ? 'Threads and tasks' : 'Threads';
}

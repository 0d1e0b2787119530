/** The wait-for cycle of a deadlock as a picture: who waits for whom, in a circle, each arrow with what is waited for. */
import { type ReactNode, useId } from 'react';
import type { Trace } from '../../kernel/types.ts';
import { taskName } from '../../trace/names.ts';
import { cycleSentence, type WaitLink } from '../../trace/wait-for.ts';
import { colourVariable } from './thread-colours.ts';
import styles from './timeline.module.css';

const SIZE = { width: 340, height: 190 };
const NODE = { width: 104, height: 30 };

export function WaitForPicture({
  links,
  trace,
}: {
  readonly links: readonly WaitLink[];
  readonly trace: Trace;
}): ReactNode {
  const arrow = useId();
  if (links.length === 0) return null;
  const sentence = cycleSentence(links, trace);
  const centre = { x: SIZE.width / 2, y: SIZE.height / 2 };
  const spots = links.map((_, index) => {
    const angle = Math.PI + (2 * Math.PI * index) / links.length;
    return { x: centre.x + Math.cos(angle) * 112, y: centre.y + Math.sin(angle) * 74 };
  });
  return (
    <figure className={styles.cycle}>
      <svg viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} role="img" aria-label={sentence}>
        <title>{sentence}</title>
        <defs>
          <marker id={arrow} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0 8 4 0 8z" fill="var(--hb-text)" />
          </marker>
        </defs>
        {links.map(({ task, what }, index) => {
          const [from, to] = [spots[index], spots[(index + 1) % links.length]];
          if (!from || !to) return null;
          const { path, label } = arc(from, to, centre);
          return (
            <g key={task}>
              <path d={path} className={styles.arrow} markerEnd={`url(#${arrow})`} />
              <text {...label} className={styles.arrowLabel}>
                {shortened(`waits for ${what}`, 24)}
              </text>
            </g>
          );
        })}
        {links.map(({ task }, index) => {
          const spot = spots[index];
          if (!spot) return null;
          const [x, y] = [spot.x - NODE.width / 2, spot.y - NODE.height / 2];
          return (
            <g key={task}>
              <rect {...{ x, y, ...NODE }} rx="6" className={styles.node} style={{ stroke: colourVariable(task) }} />
              <text x={spot.x} y={spot.y + 4} className={styles.nodeLabel}>
                {shortened(taskName(task, trace), 14)}
              </text>
            </g>
          );
        })}
      </svg>
      <figcaption>{sentence}</figcaption>
    </figure>
  );
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** An arrow that bows outwards, from the edge of one node to that of the next; alone, a loop. */
function arc(from: Point, to: Point, centre: Point): { path: string; label: Point } {
  if (from === to) {
    const [x, y] = [from.x, from.y - NODE.height / 2];
    return {
      path: `M${x - 20} ${y} C${x - 40} ${y - 50} ${x + 40} ${y - 50} ${x + 20} ${y - 2}`,
      label: { x, y: y - 44 },
    };
  }
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  // Outwards is to the right of the way round; two nodes have no outside but that.
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const bow = { x: middle.x + (dy / length) * 42, y: middle.y - (dx / length) * 42 };
  const [start, end] = [leaving(from, bow), leaving(to, bow)];
  const label = { x: (bow.x + middle.x) / 2, y: (bow.y + middle.y) / 2 + (bow.y < centre.y ? -8 : 14) };
  return { path: `M${start.x} ${start.y} Q${bow.x} ${bow.y} ${end.x} ${end.y}`, label };
}

/** Where the line from a node's middle to `towards` crosses its edge. */
function leaving(node: Point, towards: Point): Point {
  const [dx, dy] = [towards.x - node.x, towards.y - node.y];
  const scale = Math.min(
    dx === 0 ? Number.POSITIVE_INFINITY : (NODE.width / 2 + 3) / Math.abs(dx),
    dy === 0 ? Number.POSITIVE_INFINITY : (NODE.height / 2 + 3) / Math.abs(dy),
  );
  return { x: node.x + dx * scale, y: node.y + dy * scale };
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** Kind `order`: the given lines with handles, by pointer and by keyboard. The program's text stays the one truth. */
import clsx from 'clsx';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { findRegion, leftOut, type Region, writeRegion } from '../../grader/region.ts';
import styles from './answers.module.css';
import { leaveOut, type OrderedLine, place, putIn } from './line-order.ts';

export interface OrderLinesProps {
  /** The program as it is, and as it came. */
  readonly text: string;
  readonly starter: string;
  readonly onChange: (text: string) => void;
}

/** A line that is being dragged: from where, and where it would go. */
interface Drag {
  readonly from: number;
  readonly to: number;
  readonly indent: number;
  readonly x: number;
  readonly startIndent: number;
}

/** Pixels to the side that make one step of indentation. */
const INDENT = 24;

export function OrderLines({ text, starter, onChange }: OrderLinesProps): ReactNode {
  const region = findRegion(text);
  const given = findRegion(starter);
  if (!region || !given)
    return (
      <p className={styles.note}>
        The lines <code># begin</code> and <code># end</code> are not both there. Reset brings them back.
      </p>
    );
  return <Lines region={region} given={given} onChange={onChange} />;
}

interface LinesProps {
  readonly region: Region;
  readonly given: Region;
  readonly onChange: (text: string) => void;
}

function Lines({ region, given, onChange }: LinesProps): ReactNode {
  const rows = useRef<HTMLOListElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const [said, setSaid] = useState('');
  /** The line that has the focus after the next render. */
  const focus = useRef<number | null>(null);
  useEffect(() => {
    if (focus.current === null) return;
    rows.current?.querySelectorAll<HTMLElement>('[data-grip]')[focus.current]?.focus();
    focus.current = null;
  });

  const { lines } = region;
  const shown: readonly OrderedLine[] = drag ? place(lines, drag.from, drag.to, drag.indent) : lines;
  const unused = leftOut(region, given);

  const write = (next: readonly OrderedLine[]) => onChange(writeRegion(region, next));
  const move = (from: number, to: number, indent: number) => {
    const next = place(lines, from, to, indent);
    const at = Math.max(0, Math.min(lines.length - 1, to));
    const line = next[at];
    focus.current = at;
    write(next);
    if (line) setSaid(`${line.text}: line ${at + 1} of ${next.length}, indented ${line.indent} times`);
  };
  const remove = (index: number) => {
    focus.current = Math.min(index, lines.length - 2);
    write(leaveOut(lines, index));
    setSaid(`${lines[index]?.text}: not used`);
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const indent = lines[index]?.indent ?? 0;
    if (event.key === 'ArrowUp') move(index, index - 1, indent);
    else if (event.key === 'ArrowDown') move(index, index + 1, indent);
    else if (event.key === 'ArrowLeft') move(index, index, indent - 1);
    else if (event.key === 'ArrowRight') move(index, index, indent + 1);
    else if (event.key === 'Delete' || event.key === 'Backspace') remove(index);
    else return;
    event.preventDefault();
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>, index: number) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const indent = lines[index]?.indent ?? 0;
    setDrag({ from: index, to: index, indent, x: event.clientX, startIndent: indent });
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!drag) return;
    const boxes = [...(rows.current?.children ?? [])].map((row) => row.getBoundingClientRect());
    const over = boxes.findIndex(({ bottom }) => event.clientY < bottom);
    const to = over < 0 ? boxes.length - 1 : over;
    const indent = Math.max(0, drag.startIndent + Math.round((event.clientX - drag.x) / INDENT));
    if (to !== drag.to || indent !== drag.indent) setDrag({ ...drag, to, indent });
  };
  const onPointerUp = () => {
    if (drag && (drag.to !== drag.from || drag.indent !== drag.startIndent)) move(drag.from, drag.to, drag.indent);
    setDrag(null);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be for fields
    <div className={styles.order} role="group" aria-label="The lines to put in order">
      <ol ref={rows} className={styles.lines}>
        {shown.map(({ text, indent }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two lines may read the same; a line is its place
          <li key={index} className={clsx(styles.line, drag?.to === index && styles.dragged)}>
            <button
              type="button"
              data-grip
              className={styles.grip}
              aria-label={`${text}, line ${index + 1} of ${shown.length}, indented ${indent} times. Arrow keys move it, Delete leaves it out.`}
              onKeyDown={(event) => onKeyDown(event, index)}
              onPointerDown={(event) => onPointerDown(event, index)}
              onPointerMove={onPointerMove}
              onPointerUp={onPointerUp}
              onPointerCancel={() => setDrag(null)}
            >
              <span aria-hidden="true">⠿</span>
              <code style={{ paddingLeft: `${indent * 1.5}em` }}>{text}</code>
            </button>
            <span className={styles.tools}>
              <Tool label={`Move up: ${text}`} onPress={() => move(index, index - 1, indent)}>
                ↑
              </Tool>
              <Tool label={`Move down: ${text}`} onPress={() => move(index, index + 1, indent)}>
                ↓
              </Tool>
              <Tool label={`Indent less: ${text}`} onPress={() => move(index, index, indent - 1)}>
                ←
              </Tool>
              <Tool label={`Indent more: ${text}`} onPress={() => move(index, index, indent + 1)}>
                →
              </Tool>
              <Tool label={`Leave out: ${text}`} onPress={() => remove(index)}>
                ✕
              </Tool>
            </span>
          </li>
        ))}
      </ol>
      {unused.length > 0 && (
        <div className={styles.unused}>
          <p>Not used:</p>
          <ul>
            {unused.map((line) => (
              <li key={line.line}>
                <code>{line.text}</code>{' '}
                <button type="button" className="hb-link-button" onClick={() => write(putIn(lines, line))}>
                  Use it<span className="hb-visually-hidden">: {line.text}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
      <p className={styles.keys}>
        Drag a line, or focus it and press <kbd>↑</kbd> <kbd>↓</kbd> <kbd>←</kbd> <kbd>→</kbd>; <kbd>Delete</kbd> leaves
        it out.
      </p>
      <p className="hb-visually-hidden" role="status">
        {said}
      </p>
    </div>
  );
}

interface ToolProps {
  readonly label: string;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

/** Not in the tab order: the line itself takes the keys that do the same. */
function Tool({ label, onPress, children }: ToolProps): ReactNode {
  return (
    <button type="button" className={styles.tool} tabIndex={-1} aria-label={label} onClick={onPress}>
      {children}
    </button>
  );
}

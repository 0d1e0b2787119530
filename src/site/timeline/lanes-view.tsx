/** The picture of a timeline: lanes on a canvas that zooms and pans, and is a slider over the steps for the keyboard. */
import { useColorMode } from '@docusaurus/theme-common';
import { scaleLinear } from 'd3-scale';
import { select } from 'd3-selection';
import { type D3ZoomEvent, type ZoomBehavior, type ZoomTransform, zoom, zoomIdentity } from 'd3-zoom';
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Timeline } from '../../trace/lanes.ts';
import { draw } from './draw.ts';
import { hovered } from './hovered.ts';
import { inkOf, LANE, type View } from './ink.ts';
import { leftOut, nameOf, rowsOf } from './rows.ts';
import { colourVariable } from './thread-colours.ts';
import styles from './timeline.module.css';

export interface LanesViewProps {
  readonly timeline: Timeline;
  readonly step: number;
  readonly onStep: (step: number) => void;
}

/** At first no step is thinner than this, if need be by showing only the end. */
const READABLE = 7;
/** Zoomed in as far as it goes. */
const WIDEST = 80;

export function LanesView({ timeline, step, onStep }: LanesViewProps): ReactNode {
  const { colorMode } = useColorMode();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const [hover, setHover] = useState('');
  const transform = useRef<ZoomTransform>(zoomIdentity);
  const behaviour = useRef<ZoomBehavior<HTMLCanvasElement, unknown> | null>(null);
  const rows = useMemo(() => rowsOf(timeline), [timeline]);
  const left = leftOut(timeline, rows);
  const height = rows.length * LANE;
  const latest = useRef({ step, paint: () => {} });
  latest.current.step = step;

  const viewNow = useCallback((): View => {
    const base = scaleLinear().domain([0, timeline.length]).range([0, width]);
    const scale = transform.current.rescaleX(base);
    const [from = 0, to = timeline.length] = scale.domain();
    return { x: scale, width, from, to };
  }, [timeline, width]);

  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    setWidth(element.clientWidth);
    return () => observer.disconnect();
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another colour mode is other ink
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || width === 0) return;
    const ratio = devicePixelRatio || 1;
    element.width = Math.round(width * ratio);
    element.height = Math.round(height * ratio);
    let ink = inkOf(element);
    let asked = 0;
    latest.current.paint = () => {
      asked ||= requestAnimationFrame(() => {
        asked = 0;
        context.setTransform(ratio, 0, 0, ratio, 0, 0);
        draw(context, rows, timeline, viewNow(), latest.current.step, ink);
      });
    };
    latest.current.paint();
    // The page's colours may come a moment after its mode.
    const later = setTimeout(() => {
      ink = inkOf(element);
      latest.current.paint();
    }, 60);
    return () => {
      clearTimeout(later);
      cancelAnimationFrame(asked);
      latest.current.paint = () => {};
    };
  }, [rows, timeline, width, height, viewNow, colorMode]);

  useEffect(() => {
    const element = canvas.current;
    if (element === null || width === 0) return;
    const closest = Math.max(1, (WIDEST * timeline.length) / width);
    const behave = zoom<HTMLCanvasElement, unknown>()
      .scaleExtent([1, closest])
      .translateExtent([
        [0, 0],
        [width, height],
      ])
      .extent([
        [0, 0],
        [width, height],
      ])
      // The wheel alone scrolls the page.
      .filter((event: WheelEvent | MouseEvent) =>
        event.type === 'wheel' ? event.ctrlKey || event.shiftKey : !event.button,
      )
      .wheelDelta((event) => -(event.deltaY || event.deltaX) * 0.004)
      .clickDistance(4)
      .on('zoom', (event: D3ZoomEvent<HTMLCanvasElement, unknown>) => {
        transform.current = event.transform;
        latest.current.paint();
      });
    const selection = select(element).call(behave).on('dblclick.zoom', null);
    behaviour.current = behave;
    const first = Math.min(closest, Math.max(1, (READABLE * timeline.length) / width));
    behave.scaleTo(selection, first, [0, 0]);
    behave.translateTo(selection, (latest.current.step / timeline.length) * width, 0);
    return () => {
      selection.on('.zoom', null);
    };
  }, [timeline, width, height]);

  // The step stays in view.
  useEffect(() => {
    const element = canvas.current;
    latest.current.paint();
    if (element === null || behaviour.current === null || width === 0) return;
    const { x } = viewNow();
    const [from, to] = [x(step), x(step + 1)];
    if (from >= 0 && to <= width) return;
    behaviour.current.translateTo(select(element), ((step + 0.5) / timeline.length) * width, 0);
  }, [step, timeline, width, viewNow]);

  const zoomBy = (factor: number) => {
    const element = canvas.current;
    if (element === null) return;
    behaviour.current?.scaleBy(select(element), factor, [viewNow().x(step + 0.5), 0]);
  };
  const stepAt = (clientX: number) => {
    const box = canvas.current?.getBoundingClientRect();
    const { from, to } = viewNow();
    const at = box ? from + ((clientX - box.left) / box.width) * (to - from) : 0;
    return clamp(Math.floor(at), timeline);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const to = KEYS[event.key]?.(step, timeline.steps.length - 1);
    if (to !== undefined) onStep(clamp(to, timeline));
    else if (event.key === '+' || event.key === '=') zoomBy(1.5);
    else if (event.key === '-') zoomBy(1 / 1.5);
    else return;
    event.preventDefault();
  };

  return (
    <div className={`${styles.picture} ${timeline.processes.length > 0 ? styles.ofProcesses : ''}`}>
      <div className={styles.names} aria-hidden="true">
        {rows.map((row, index) => {
          const { name, number, title } = nameOf(row);
          const task = row.kind === 'thread' ? row.lane.task : null;
          const dim = row.kind !== 'thing' && row.dim;
          const indented = row.kind === 'thread' && row.indented;
          const look = `${styles.name} ${dim ? styles.dim : ''} ${indented ? styles.indented : ''}`;
          const color = task === null ? undefined : colourVariable(task);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a timeline never change
            <span key={index} className={look} style={{ height: LANE, color }} title={title}>
              <span>
                {name}
                {row.kind === 'thing' && <small> {row.lane.made}</small>}
              </span>
              {number !== '' && <small>{number}</small>}
            </span>
          );
        })}
      </div>
      <div
        className={styles.track}
        role="slider"
        tabIndex={0}
        aria-label="Timeline. Left and right go one step, Home and End to the ends, plus and minus zoom."
        aria-valuemin={1}
        aria-valuemax={timeline.steps.length}
        aria-valuenow={step + 1}
        aria-valuetext={`step ${step + 1} of ${timeline.steps.length}`}
        onKeyDown={onKeyDown}
      >
        <canvas
          ref={canvas}
          className={styles.canvas}
          style={{ height }}
          onClick={(event) => onStep(stepAt(event.clientX))}
          onPointerMove={(event) =>
            setHover(hovered(timeline, rows[Math.floor(event.nativeEvent.offsetY / LANE)], stepAt(event.clientX)))
          }
          onPointerLeave={() => setHover('')}
        />
      </div>
      <p className={styles.hover} aria-hidden="true">
        {hover || (left > 0 ? `and ${left} more lanes` : HELP)}
      </p>
      <span className={styles.zoom}>
        <button type="button" className="hb-link-button" aria-label="Zoom out" onClick={() => zoomBy(1 / 1.5)}>
          −
        </button>
        <button type="button" className="hb-link-button" aria-label="Zoom in" onClick={() => zoomBy(1.5)}>
          +
        </button>
      </span>
    </div>
  );
}

const HELP = 'Drag to move, Ctrl and wheel to zoom, ← and → to step';

const KEYS: Readonly<Record<string, (step: number, last: number) => number>> = {
  ArrowLeft: (step) => step - 1,
  ArrowDown: (step) => step - 1,
  ArrowRight: (step) => step + 1,
  ArrowUp: (step) => step + 1,
  PageDown: (step) => step - 10,
  PageUp: (step) => step + 10,
  Home: () => 0,
  End: (_, last) => last,
};

function clamp(step: number, { steps }: Timeline): number {
  return Math.max(0, Math.min(steps.length - 1, step));
}

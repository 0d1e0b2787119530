/** Sliders for the network between the hosts of a world, and the switch that cuts some of them off. */
import { type ReactNode, useId, useState } from 'react';
import type { LinkSpec } from '../kernel/hosts/types.ts';
import { ALL, BANDWIDTHS, bandwidthText, DELAYS, delayText, linkBetween, nearest, PARTS, partText } from './network.ts';
import styles from './world-panel.module.css';

export interface NetworkPanelProps {
  readonly hosts: readonly string[];
  readonly links: readonly LinkSpec[];
  /** Hosts that are cut off from all others. */
  readonly cut: ReadonlySet<string>;
  readonly onLinks: (links: readonly LinkSpec[]) => void;
  readonly onCut: (cut: ReadonlySet<string>) => void;
}

export function NetworkPanel({ hosts, links, cut, onLinks, onCut }: NetworkPanelProps): ReactNode {
  const pairs = hosts.flatMap((from, at) => hosts.slice(at + 1).map((to) => [from, to] as const));
  const [chosen, setChosen] = useState(-1);
  const [from, to] = pairs[chosen] ?? [ALL, ALL];
  const link = linkBetween(links, from, to);
  const set = (change: Partial<LinkSpec>) => {
    const there = { ...link, ...change };
    onLinks(from === ALL ? [there] : [there, { ...there, from: to, to: from }]);
  };
  return (
    <fieldset className={styles.network}>
      <legend>Network</legend>
      {pairs.length > 1 && (
        <label className={styles.pair}>
          <span>between</span>
          <select value={chosen} onChange={(event) => setChosen(Number(event.target.value))}>
            <option value={-1}>all hosts</option>
            {pairs.map(([one, other], index) => (
              <option key={`${one} ${other}`} value={index}>
                {one} and {other}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className={styles.sliders}>
        <Slider
          name="Latency"
          values={DELAYS}
          value={link.latency}
          text={delayText}
          onChange={(latency) => set({ latency: latency ?? 0 })}
        />
        <Slider
          name="Jitter"
          values={DELAYS}
          value={link.jitter}
          text={delayText}
          onChange={(jitter) => set({ jitter: jitter ?? 0 })}
        />
        <Slider
          name="Loss"
          values={PARTS}
          value={link.loss}
          text={partText}
          onChange={(loss) => set({ loss: loss ?? 0 })}
        />
        <Slider
          name="Duplicates"
          values={PARTS}
          value={link.duplicate}
          text={partText}
          onChange={(duplicate) => set({ duplicate: duplicate ?? 0 })}
        />
        <Slider
          name="Reordering"
          values={PARTS}
          value={link.reorder}
          text={partText}
          onChange={(reorder) => set({ reorder: reorder ?? 0 })}
        />
        <Slider
          name="Bandwidth"
          values={BANDWIDTHS}
          value={link.bandwidth}
          text={bandwidthText}
          onChange={(bandwidth) => set({ bandwidth })}
        />
      </div>
      <fieldset className={styles.partition}>
        <legend>Partition: cut off from the others</legend>
        {hosts.map((host) => (
          <label key={host}>
            <input
              type="checkbox"
              checked={cut.has(host)}
              onChange={(event) => {
                const next = new Set(cut);
                if (event.target.checked) next.add(host);
                else next.delete(host);
                onCut(next);
              }}
            />{' '}
            {host}
          </label>
        ))}
      </fieldset>
    </fieldset>
  );
}

interface SliderProps<T extends number | null> {
  readonly name: string;
  readonly values: readonly T[];
  readonly value: T;
  readonly text: (value: T) => string;
  readonly onChange: (value: T) => void;
}

function Slider<T extends number | null>({ name, values, value, text, onChange }: SliderProps<T>): ReactNode {
  const id = useId();
  return (
    <div className={styles.slider}>
      <label htmlFor={id}>{name}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={values.length - 1}
        step={1}
        value={nearest(values, value)}
        aria-valuetext={text(value)}
        onChange={(event) => onChange(values[Number(event.target.value)] as T)}
      />
      <output htmlFor={id}>{text(value)}</output>
    </div>
  );
}

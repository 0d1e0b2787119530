/** The selects that say how the next Run will be: schedule, clock and, where it matters, switch model. */
import type { ReactNode } from 'react';
import styles from './run-settings.module.css';
import type { Settings } from './settings.ts';

export interface RunSettingsProps {
  readonly settings: Settings;
  readonly chooseModel: boolean;
  /** Whether processes may run on processors of their own: those of several machines may not. */
  readonly cores: boolean;
  readonly onChange: (settings: Settings) => void;
}

export function RunSettings({ settings, chooseModel, cores, onChange }: RunSettingsProps): ReactNode {
  // Real processors have a real clock, and switch as they like.
  const parallel = settings.schedule === 'parallel';
  return (
    <div className={styles.settings}>
      <label className={styles.setting}>
        <span>Turns</span>
        <select
          value={settings.schedule}
          onChange={(event) => onChange({ ...settings, schedule: event.target.value as Settings['schedule'] })}
        >
          <option value="round-robin">As CPython takes turns</option>
          <option value="random">Random, new each Run</option>
          <option value="replay">Replay a schedule …</option>
          {cores && <option value="parallel">Real cores, one a process</option>}
        </select>
      </label>
      {settings.schedule === 'replay' && (
        <input
          className={styles.replay}
          value={settings.replay}
          placeholder="schedule string"
          aria-label="Schedule to replay"
          spellCheck={false}
          onChange={(event) => onChange({ ...settings, replay: event.target.value })}
        />
      )}
      {!parallel && (
        <label className={styles.setting}>
          <span>Clock</span>
          <select
            value={settings.clock}
            onChange={(event) => onChange({ ...settings, clock: event.target.value as Settings['clock'] })}
          >
            <option value="virtual">Instant</option>
            <option value="real">Real time</option>
          </select>
        </label>
      )}
      {chooseModel && !parallel && (
        <label className={styles.setting}>
          <span>Switches</span>
          <select
            value={settings.model}
            onChange={(event) => onChange({ ...settings, model: event.target.value as Settings['model'] })}
          >
            <option value="cpython">Where CPython does</option>
            <option value="every-bytecode">At any bytecode</option>
            <option value="blocking-only">Only when blocked</option>
          </select>
        </label>
      )}
    </div>
  );
}

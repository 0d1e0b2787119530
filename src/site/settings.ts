/** How the next Run will be: what the selects beside the Run button set. */
import type { ClockKind, SwitchModel } from '../kernel/types.ts';
import type { RunOptions, ScheduleRequest } from '../worker/protocol.ts';

export interface Settings {
  readonly schedule: 'round-robin' | 'random' | 'replay' | 'parallel';
  /** The schedule string to replay, when `schedule` says so. */
  readonly replay: string;
  readonly clock: ClockKind;
  readonly model: SwitchModel;
}

export function scheduleRequest(settings: Settings): ScheduleRequest {
  switch (settings.schedule) {
    case 'round-robin':
      return { kind: 'round-robin' };
    case 'random':
      return { kind: 'random', seed: crypto.getRandomValues(new Uint32Array(1))[0] ?? 0 };
    case 'replay':
      return { kind: 'replay', schedule: settings.replay.trim() };
    case 'parallel':
      return { kind: 'parallel' };
  }
}

export function runOptions({ clock, model }: Settings): Partial<RunOptions> {
  // Observed from the start: outside `every-bytecode`, a run that is watched later would be another one.
  return { clock, model, trace: true, observe: true };
}

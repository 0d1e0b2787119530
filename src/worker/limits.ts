/** The bounds that a run gets unless somebody asks for others. */
import type { Limits } from '../kernel/types.ts';
import type { RunOptions } from './protocol.ts';

/** A program of the learner's own. */
export const RUN_LIMITS: Limits = {
  steps: 200_000_000,
  output: 8_000_000,
  tasks: 4096,
  processes: 1000,
  memory: 512 * 1024 * 1024,
  time: 86_400,
};

/** One of the many runs of a grading: exercises are small. */
export const GRADE_LIMITS: Limits = {
  steps: 1_000_000,
  output: 200_000,
  tasks: 512,
  processes: 200,
  memory: 256 * 1024 * 1024,
  time: 3600,
};

export const RUN_OPTIONS: RunOptions = {
  model: 'cpython',
  clock: 'virtual',
  limits: RUN_LIMITS,
  trace: true,
  observe: false,
};

/** Seconds without a sign of life after which a program must be inside C code that nothing can interrupt. */
export const SILENCE = 5;

/** Grades an exercise in the engine: the state behind Grade. */
import useBaseUrl from '@docusaurus/useBaseUrl';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Gradable, GradeProgress } from '../grader/gradable.ts';
import type { Suite } from '../grader/suite.ts';
import type { Verdict } from '../grader/verdict.ts';
import { takeEngine } from './activity.ts';
import { hasJspi, loadEngine } from './engine.ts';
import type { ExerciseData } from './exercise-data.ts';
import { NO_JSPI } from './words.ts';

type Files = Readonly<Record<string, string>>;

export type GradingState =
  | { readonly phase: 'idle' }
  /** Tests that have been searched, or are: the last one. Empty until the engine is there. */
  | { readonly phase: 'grading'; readonly searched: readonly GradeProgress[] }
  /** `files` are those that were graded: a replay must run them, not what was typed since. */
  | { readonly phase: 'graded'; readonly verdict: Verdict; readonly suite: Suite; readonly files: Files }
  | { readonly phase: 'stopped' }
  | { readonly phase: 'broken'; readonly problem: string };

export interface Grading {
  readonly state: GradingState;
  /** `adapt`: the exercise as a teacher wants it graded. */
  start(exercise: ExerciseData, files: Files, adapt?: (gradable: Gradable) => Gradable): void;
  stop(): void;
}

export type OnVerdict = (verdict: Verdict, gradable: Gradable, files: Files) => void;

export function useGrading(onVerdict: OnVerdict): Grading {
  const baseUrl = useBaseUrl('/engine/');
  const [state, setState] = useState<GradingState>({ phase: 'idle' });
  const handle = useRef<{ stop(): void } | null>(null);
  const turn = useRef(0);
  const report = useRef(onVerdict);
  report.current = onVerdict;

  const stop = useCallback(() => {
    turn.current += 1;
    handle.current?.stop();
    handle.current = null;
    setState((now) => (now.phase === 'grading' ? { phase: 'stopped' } : now));
  }, []);

  const start = useCallback(
    async (exercise: ExerciseData, files: Files, adapt = asEverybody) => {
      if (!hasJspi()) {
        setState({ phase: 'broken', problem: NO_JSPI });
        return;
      }
      const release = takeEngine(stop);
      turn.current += 1;
      const mine = turn.current;
      handle.current?.stop();
      handle.current = null;
      setState({ phase: 'grading', searched: [] });
      try {
        const [engine, { grade }, { loadSuite }] = await Promise.all([
          loadEngine(baseUrl),
          import('../grader/grade.ts'),
          import('./suites.ts'),
        ]);
        const suite = await loadSuite(exercise.slug);
        if (turn.current !== mine) return;
        const { slug, kind, support, starter, world } = exercise;
        const gradable = adapt({ slug, kind, suite, support, starter, world });
        const grading = grade(engine, gradable, files, (progress) => {
          if (turn.current === mine) setState((now) => ({ phase: 'grading', searched: goneOn(now, progress) }));
        });
        handle.current = grading;
        const verdict = await grading.done;
        if (turn.current !== mine) return;
        if (verdict === null) setState({ phase: 'stopped' });
        else {
          setState({ phase: 'graded', verdict, suite, files });
          report.current(verdict, gradable, files);
        }
      } catch (error) {
        if (turn.current === mine)
          setState({
            phase: 'broken',
            problem: `Grading failed: ${error instanceof Error ? error.message : String(error)}`,
          });
      } finally {
        release();
      }
    },
    [baseUrl, stop],
  );

  useEffect(() => stop, [stop]);

  return { state, start, stop };
}

function asEverybody(gradable: Gradable): Gradable {
  return gradable;
}

/** Tests come one after the other. */
function goneOn(state: GradingState, progress: GradeProgress): readonly GradeProgress[] {
  const before = state.phase === 'grading' ? state.searched : [];
  return [...before.filter(({ test }) => test !== progress.test), progress];
}

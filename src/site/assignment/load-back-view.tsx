/** Loads a submission file back; asks first where it would replace code. */
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import type { Assignment } from '../../classroom/assignment.ts';
import type { Submission } from '../../classroom/submission.ts';
import type { ExerciseData } from '../exercise-data.ts';
import { FileButton } from '../file-button.tsx';
import { pageStore } from '../store.ts';
import styles from './assignment.module.css';
import type { Incoming } from './assignment-desk.tsx';
import { loadExercise } from './exercise-source.ts';
import { loadBack, overwritten, readBack } from './load-back.ts';
import { openFile } from './opening.ts';
import { Problem } from './problem.tsx';
import { words } from './words.ts';

type State =
  | { readonly phase: 'idle'; readonly said: string }
  | { readonly phase: 'bad'; readonly problem: readonly string[] }
  /** The file would replace code of these exercises. */
  | {
      readonly phase: 'asking';
      readonly submission: Submission;
      readonly here: readonly ExerciseData[];
      readonly titles: readonly string[];
    };

export interface LoadBackProps {
  readonly assignment: Assignment;
  /** Slugs of those of its exercises that this site has. */
  readonly here: readonly string[];
  /** A file that was dropped on the page. */
  readonly incoming: Incoming | null;
  readonly onIncomingDone: () => void;
}

export function LoadBack({ assignment, here, incoming, onIncomingDone }: LoadBackProps): ReactNode {
  const [state, setState] = useState<State>({ phase: 'idle', said: '' });
  const known = here.join(' ');

  const load = useCallback((submission: Submission, exercises: readonly ExerciseData[]) => {
    const { exercises: count, attempts, leftOut } = loadBack(pageStore(), submission, exercises);
    const said = words.load.done(count, attempts) + (leftOut.length > 0 ? words.load.left(leftOut) : '');
    setState({ phase: 'idle', said });
  }, []);

  const take = useCallback(
    async (name: string, text: string) => {
      const read = readBack(assignment, known.split(' '), name, text);
      if (!read.ok) {
        setState({ phase: 'bad', problem: [read.problem] });
        return;
      }
      try {
        const exercises = await Promise.all(read.slugs.map(loadExercise));
        const titles = overwritten(pageStore(), read.submission, exercises).map(({ title }) => title);
        if (titles.length === 0) load(read.submission, exercises);
        else setState({ phase: 'asking', submission: read.submission, here: exercises, titles });
      } catch {
        setState({ phase: 'bad', problem: [words.load.fetchFailed] });
      }
    },
    [assignment, known, load],
  );

  useEffect(() => {
    if (!incoming) return;
    take(incoming.name, incoming.text);
    onIncomingDone();
  }, [incoming, take, onIncomingDone]);

  const choose = async (file: File) => {
    const opened = await openFile(file);
    if (opened.kind === 'submission') await take(file.name, opened.text);
    else if (opened.kind === 'bad') setState({ phase: 'bad', problem: opened.problem });
    else setState({ phase: 'bad', problem: [words.load.isAssignment(file.name)] });
  };

  return (
    <>
      <p>{words.load.intro}</p>
      <p>
        <FileButton label={words.load.label} quiet onFile={choose}>
          {words.load.button}
        </FileButton>
      </p>
      <Problem lines={state.phase === 'bad' ? state.problem : []} />
      <p role="status">{state.phase === 'idle' ? state.said : ''}</p>
      {state.phase === 'asking' && (
        <div className="hb-warning" role="alertdialog" aria-label={words.load.title}>
          <p>{words.load.sure(state.titles)}</p>
          <div className={styles.buttons}>
            <button type="button" className="hb-button hb-stop" onClick={() => load(state.submission, state.here)}>
              {words.load.replace}
            </button>
            <button
              type="button"
              className="hb-button hb-quiet"
              // biome-ignore lint/a11y/noAutofocus: the question that the reader's own file has raised; the safe answer
              autoFocus
              onClick={() => setState({ phase: 'idle', said: words.load.kept })}
            >
              {words.load.keep}
            </button>
          </div>
        </div>
      )}
    </>
  );
}

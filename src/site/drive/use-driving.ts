/** Whether Drive is open in a workbench, on what, and whether that is still what the editor holds. */
import { useState } from 'react';
import { formatMoves } from '../../grader/moves.ts';
import type { Move, Program } from '../../worker/protocol.ts';
import type { ExerciseData } from '../exercise-data.ts';
import type { LineMark } from '../line-marks.ts';
import type { Workspace } from '../workspace.ts';
import { type DriveSetup, driveExercise, driveProgram } from './setup.ts';

/** What Drive is at work on. */
interface Driven extends DriveSetup {
  /** Counts the drives of this workbench: a new one begins anew. */
  readonly number: number;
  /** Kind `break`: what `moves.txt` held when Drive last read or wrote it. */
  readonly answer: string;
}

export interface Driving {
  readonly driven: Driven | null;
  /** What is in the editor is no longer what is driven. */
  readonly outdated: boolean;
  /** Where the threads are; undefined if there is none to show. */
  readonly marks: readonly LineMark[] | undefined;
  readonly problem: string | null;
  open(): Promise<void>;
  close(): void;
  onMoves(moves: readonly Move[]): void;
  onMarks(marks: readonly LineMark[]): void;
}

/** `answerName` is the file with the moves in an exercise of kind `break`; `programNow` what else would be driven. */
export function useDriving(
  exercise: ExerciseData | undefined,
  workspace: Workspace,
  answerName: string,
  programNow: () => Program,
): Driving {
  const [driven, setDriven] = useState<Driven | null>(null);
  const [marks, setMarks] = useState<readonly LineMark[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const { files } = workspace.state;
  const moving = exercise?.kind === 'break';
  const outdated =
    driven !== null &&
    (moving
      ? files[answerName] !== driven.answer
      : // A given program is no file of the workspace's.
        Object.entries(files).some(([name, text]) => (driven.program.files[name] ?? text) !== text));

  return {
    driven,
    outdated,
    marks: driven && !outdated ? marks : undefined,
    problem,
    async open() {
      setProblem(null);
      const answer = workspace.state.files[answerName] ?? '';
      try {
        const setup = exercise && moving ? await driveExercise(exercise, answer) : driveProgram(programNow());
        setDriven({ ...setup, answer, number: (driven?.number ?? 0) + 1 });
        setProblem(setup.problem);
      } catch (error) {
        setProblem(`Drive could not be opened: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
    close: () => setDriven(null),
    onMoves(moves) {
      if (!moving) return;
      const answer = formatMoves(moves, workspace.state.files[answerName]);
      setProblem(null);
      workspace.edit(answerName, answer);
      setDriven((now) => now && { ...now, answer });
    },
    onMarks: setMarks,
  };
}

/** Editor, Run and terminal in one: what a chapter's programs, the exercises and the playground all are. */
import useBaseUrl from '@docusaurus/useBaseUrl';
import { type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { splitArgs } from '../course/command-line.ts';
import type { WorldFile } from '../course/world.ts';
import type { ClockKind, Place, SwitchModel } from '../kernel/types.ts';
import type { Entry, Program } from '../worker/protocol.ts';
import type { Replayable } from '../worker/replay-link.ts';
import { OptionsForm } from './answers/options-form.tsx';
import { OrderLines } from './answers/order-lines.tsx';
import type { AssignedGrading } from './assigned-grading.ts';
import { CodeEditor, type EditorFile } from './code-editor.tsx';
import { DrivePanel } from './drive/drive-panel.tsx';
import { useDriving } from './drive/use-driving.ts';
import { warmEngine } from './engine.ts';
import { EngineStatus } from './engine-status.tsx';
import type { ExerciseData } from './exercise-data.ts';
import { Feeds } from './feeds.ts';
import { FileTabs } from './file-tabs.tsx';
import type { LineMark } from './line-marks.ts';
import { markSolved } from './progress.ts';
import { replayJob } from './replay-job.ts';
import { RunOutput } from './run-output.tsx';
import { runOptions, type Settings, scheduleRequest } from './settings.ts';
import { StorageWarning } from './storage-warning.tsx';
import { pageStore } from './store.ts';
import { KeyHelp, Toolbar } from './toolbar.tsx';
import { useGrading } from './use-grading.ts';
import { type RunJob, useRunner } from './use-runner.ts';
import { useWorkspace } from './use-workspace.ts';
import { useWorld } from './use-world.ts';
import { VerdictPanel, verdictHeadline } from './verdict-panel.tsx';
import { outputOf, summarise } from './words.ts';
import styles from './workbench.module.css';

export interface WorkbenchProps {
  /** Names these files in the browser's storage. */
  readonly scope: string;
  readonly title?: string | undefined;
  /** What the learner edits; the first file is the one that runs. Must be the same object on every render. */
  readonly starter: Readonly<Record<string, string>>;
  /** What the learner may read only. */
  readonly support?: Readonly<Record<string, string>> | undefined;
  readonly model?: SwitchModel | undefined;
  readonly schedule?: 'round-robin' | 'random' | 'parallel' | undefined;
  readonly clock?: ClockKind | undefined;
  /** Several machines, whose terminals are all that runs. Must be the same object on every render. */
  readonly world?: WorldFile | undefined;
  /** With it, the program can be graded. */
  readonly exercise?: ExerciseData | undefined;
  /** With it, the grading goes by what a teacher has assigned. */
  readonly assigned?: AssignedGrading | undefined;
  /** A place for programs of one's own: files come and go, arguments and switch model can be chosen. */
  readonly playground?: boolean | undefined;
  /** A run that can be shown; `starter` are its program's files. */
  readonly replay?: Replayable | undefined;
}

/** How a run is shown: with all that its timeline can say. */
const WATCHED: RunJob['options'] = { clock: 'virtual', trace: true, observe: true };

const NO_FILES: Readonly<Record<string, string>> = {};

export function Workbench(props: WorkbenchProps): ReactNode {
  const { scope, title, starter, support = NO_FILES, exercise, assigned, playground = false } = props;
  const baseUrl = useBaseUrl('/engine/');
  const panel = useId();
  const [workspace, { files, edited, undone }] = useWorkspace(scope, starter);
  const [selected, setSelected] = useState('');
  const [goTo, setGoTo] = useState<Place | null>(null);
  /** Where the threads were at the step of the last run's timeline that the reader looks at. */
  const [marks, setMarks] = useState<readonly LineMark[] | undefined>(undefined);
  const [args, setArgs] = useState('');
  const [cursor, setCursor] = useState<Place | null>(null);
  const [settings, setSettings] = useState<Settings>({
    schedule: props.schedule ?? 'round-robin',
    replay: '',
    // There is to be time to kill and to cut.
    clock: props.clock ?? (props.world && !exercise ? 'real' : 'virtual'),
    model: props.model ?? (exercise ? 'every-bytecode' : 'cpython'),
  });
  /** Counts the replays that a verdict was asked for: each is shown where it can be seen. */
  const [watched, setWatched] = useState(0);
  const output = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (watched > 0) output.current?.scrollIntoView({ block: 'nearest' });
  }, [watched]);
  const feeds = useMemo(() => new Feeds(), []);
  const runner = useRunner(feeds);
  const machines = useWorld(props.world, runner);
  const grading = useGrading((verdict, gradable, graded) => {
    if (exercise && verdict.kind === 'passed') markSolved(pageStore(), exercise.slug, new Date().toISOString());
    assigned?.onVerdict(verdict, gradable, graded);
  });

  const kind = exercise?.kind;
  // The answer is about a given program, which comes first and is all that runs.
  const given = kind === 'break' || kind === 'predict';
  const answerName = Object.keys(starter)[0] ?? '';
  const tabs = useMemo<EditorFile[]>(() => {
    const own = Object.entries(files).map(([name, text]) => ({ name, text, readOnly: false }));
    const others = Object.entries(support).map(([name, text]) => ({ name, text, readOnly: true }));
    // Options are marked in a form.
    return given ? [...others, ...(kind === 'predict' ? [] : own)] : [...own, ...others];
  }, [files, support, given, kind]);
  const names = tabs.map((tab) => tab.name);
  const active = names.includes(selected) ? selected : (names[0] ?? '');
  const main = names[0] ?? '';
  const running = runner.state.phase === 'running';
  const job = runner.state.phase === 'running' || runner.state.phase === 'finished' ? runner.state.job : null;
  const ran = runner.state.phase === 'finished' ? runner.state.job.program.files : {};
  /** The machines of the run that is shown, which may be a hidden test's; else the reader's own. */
  const shown = job?.program.world ?? machines?.now(support === NO_FILES ? files : { ...files, ...support });
  /** What runs beside the terminals. */
  const beside = props.replay?.program.entry ?? (exercise ? entryOf(props.world, main) : ALONE);
  /** The editor no longer holds what ran. */
  const outdated = Object.entries(files).some(([name, text]) => name in ran && ran[name] !== text);
  const busy = running || grading.state.phase === 'grading';

  /** Of the workspace's newest text, not this render's: Ctrl+Enter may come before the next render. */
  const programNow = (only?: string): Program => {
    workspace.flush();
    const all = given ? support : { ...workspace.state.files, ...support };
    if (machines) {
      const world = machines.now(all, only);
      return { files: all, entry: only === undefined ? beside : ALONE, stdin: '', world };
    }
    const entry: Entry = props.replay?.program.entry ?? { kind: 'script', file: main, args: splitArgs(args) };
    const stdin = props.replay?.program.stdin ?? '';
    return { files: all, entry, stdin };
  };
  const interactive = props.replay?.interactive ?? true;
  const start = (job: Pick<RunJob, 'schedule' | 'options' | 'acts' | 'first'>, program = programNow()) => {
    grading.stop();
    runner.start({ program, interactive, ...job });
  };
  const run = (only?: string) =>
    start(
      { schedule: scheduleRequest(settings), options: runOptions(settings), first: machines?.first ?? [] },
      programNow(only),
    );
  const { replay } = props;
  const runAgain = () =>
    replay &&
    start(
      {
        schedule: { kind: 'replay', schedule: replay.schedule },
        options: WATCHED,
        ...(replay.acts.length > 0 && { acts: replay.acts }),
      },
      // The very world of the link, wherever the sliders stand.
      { ...replay.program, files: programNow().files },
    );
  const driving = useDriving(exercise, workspace, answerName, programNow);
  const { driven } = driving;
  const drive = () => {
    stop();
    runner.clear();
    driving.open();
  };
  const grade = () => {
    if (!exercise || assigned?.closed) return;
    workspace.flush();
    runner.clear();
    grading.start(exercise, workspace.state.files, assigned?.adapt);
  };
  const stop = () => {
    runner.stop();
    grading.stop();
  };
  const jobOf = (test: string, schedule: string): RunJob | null => {
    if (grading.state.phase !== 'graded' || !exercise) return null;
    return replayJob({ ...exercise, suite: grading.state.suite }, test, schedule, grading.state.files);
  };
  const watch = (job: RunJob) => {
    runner.start(job);
    setWatched(watched + 1);
  };
  const show = (place: Place) => {
    if (!names.includes(place.file)) return;
    setSelected(place.file);
    setGoTo({ ...place });
  };

  return (
    <section className={styles.workbench} aria-label={title ?? main}>
      {title !== undefined && <h3 className={styles.title}>{title}</h3>}
      <StorageWarning />
      <div className={styles.box}>
        {(tabs.length > 1 || playground || exercise) && (
          <FileTabs
            files={tabs}
            active={active}
            panel={panel}
            onSelect={(name) => {
              setSelected(name);
              setGoTo(null);
            }}
            actions={
              playground
                ? {
                    add: (name) => workspace.add(name),
                    rename: (from, to) => workspace.rename(from, to),
                    remove: (name) => workspace.remove(name),
                  }
                : undefined
            }
          />
        )}
        <div id={panel}>
          <CodeEditor
            files={tabs}
            active={active}
            goTo={goTo}
            onEdit={(name, text) => workspace.edit(name, text)}
            onRun={() => run()}
            onGrade={exercise && grade}
            marks={driving.marks ?? (outdated ? undefined : marks)}
            onCursor={setCursor}
            onVisible={() => {
              warmEngine(baseUrl);
              // The terminal will be wanted by the first Run; if it cannot come now, that asks again.
              import('./xterm.ts').catch(() => {});
            }}
          />
        </div>
        {kind === 'predict' && (
          <OptionsForm text={files[answerName] ?? ''} onChange={(text) => workspace.edit(answerName, text)} />
        )}
        {kind === 'order' && (
          <OrderLines
            text={files[answerName] ?? ''}
            starter={starter[answerName] ?? ''}
            onChange={(text) => workspace.edit(answerName, text)}
          />
        )}
        <Toolbar
          busy={busy}
          edited={edited}
          undoable={undone !== null}
          playground={playground}
          args={args}
          settings={settings}
          runs={machines ? 'Run all' : 'Run'}
          onRun={() => run()}
          onReplay={replay && runAgain}
          onStop={stop}
          onGrade={exercise && grade}
          grades={assigned}
          onDrive={machines ? undefined : drive}
          onReset={() => workspace.reset()}
          onUndo={() => workspace.undoReset()}
          onArgs={setArgs}
          onSettings={setSettings}
        />
        <EngineStatus wanted={runner.state.phase === 'broken' || grading.state.phase === 'broken'} />
        {driving.problem !== null && <p className={styles.problem}>{driving.problem}</p>}
        {driven && (
          <DrivePanel
            key={driven.number}
            program={driven.program}
            options={driven.options}
            initial={driven.initial}
            outdated={driving.outdated}
            cursor={cursor && Object.hasOwn(driven.program.files, cursor.file) ? cursor : null}
            onMoves={driving.onMoves}
            onMarks={driving.onMarks}
            onGoTo={show}
            onRenew={drive}
            onClose={driving.close}
          />
        )}
        <div ref={output}>
          <RunOutput
            runner={runner}
            feeds={feeds}
            world={shown}
            machines={machines}
            beside={beside}
            files={names}
            silence={
              exercise
                ? 'Nothing was printed: add a call at the end to try your code, or press Grade.'
                : 'Nothing was printed.'
            }
            onStart={run}
            onStop={stop}
            onGoTo={show}
            onMarks={setMarks}
          />
        </div>
        <VerdictPanel state={grading.state} scoreOf={assigned?.scoreOf} jobOf={jobOf} onReplay={watch} onGoTo={show} />
      </div>
      <KeyHelp gradable={exercise !== undefined} />
      <p className="hb-visually-hidden" role="status">
        {announce(runner.state, grading.state, assigned)}
      </p>
    </section>
  );
}

const ALONE: Entry = { kind: 'terminals' };

/** An exercise that none of its terminals runs is run beside them, as its hidden tests do. */
function entryOf(world: WorldFile | undefined, main: string): Entry {
  const isThere = world?.terminals.some(({ command }) => [command].flat().join(' ').includes(main));
  return isThere ? ALONE : { kind: 'script', file: main, args: [] };
}

/** What a screen reader hears when something has ended; output itself is read in the terminal. */
function announce(
  run: ReturnType<typeof useRunner>['state'],
  grading: ReturnType<typeof useGrading>['state'],
  assigned: AssignedGrading | undefined,
): string {
  if (grading.phase === 'graded' && run.phase !== 'running') {
    const score = assigned?.scoreOf(grading.verdict, grading.suite);
    return `Verdict: ${verdictHeadline(grading.verdict)}${score ? `. ${score.total}` : ''}`;
  }
  if (run.phase === 'running' && run.awaitingInput) return 'The program waits for a line of input.';
  if (run.phase === 'stopped') return 'Stopped.';
  if (run.phase !== 'finished') return '';
  const output = outputOf(run.run).slice(-400);
  return `Finished: ${summarise(run.run)}. Output: ${output}`;
}

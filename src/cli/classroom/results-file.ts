/** What has been graded so far, one line each, appended as it comes: whatever ends the program, the next one goes on from there. */
import { closeSync, createReadStream, existsSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import type { Graded } from '../../classroom/graded.ts';
import { Usage } from '../usage.ts';
import { LARGEST_RESULT, readGraded } from './queue/records.ts';

export interface ResultsFile {
  /** What was graded before, by key; nothing that was broken. */
  readonly known: ReadonlyMap<string, Graded>;
  add(graded: Graded): void;
  close(): void;
}

/** Milliseconds that a power cut may take away. */
const SYNC = 1000;

/** Damaged lines are those that were being written when the power went: what they said is graded again. */
export async function openResultsFile(file: string): Promise<ResultsFile> {
  attempt(file, () => mkdirSync(path.dirname(file), { recursive: true }));
  const known = new Map<string, Graded>();
  let whole = true;
  if (existsSync(file)) {
    for await (const { line, ended } of linesOf(file)) {
      whole = ended;
      const graded = readLine(line);
      if (graded) known.set(graded.key, graded);
    }
  }
  const fd = attempt(file, () => openSync(file, 'a'));
  if (!whole) writeSync(fd, '\n');
  let syncing: NodeJS.Timeout | undefined;
  const sync = () => {
    syncing = undefined;
    fsyncSync(fd);
  };
  return {
    known,
    add(graded) {
      attempt(file, () => writeSync(fd, `${JSON.stringify(graded)}\n`));
      syncing ??= setTimeout(sync, SYNC);
    },
    close() {
      clearTimeout(syncing);
      sync();
      closeSync(fd);
    },
  };
}

/** What stands in the way of writing is for the teacher to put right. */
function attempt<T>(file: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Usage(
      `hb classroom grade: ${file}: cannot be written (${why}). Make room there, or say where else: --out DIR.`,
    );
  }
}

function readLine(line: string): Graded | null {
  try {
    return readGraded(line, JSON.parse(line).key);
  } catch {
    return null;
  }
}

/** Split at line feeds only: what is quoted may have other ends of lines in it. Lines that are too long come out empty. */
async function* linesOf(file: string): AsyncGenerator<{ line: string; ended: boolean }> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let dropped = false;
  for await (const chunk of createReadStream(file)) {
    const lines = (rest + decoder.write(chunk as Buffer)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      yield { line: dropped ? '' : line, ended: true };
      dropped = false;
    }
    if (rest.length > LARGEST_RESULT) {
      rest = '';
      dropped = true;
    }
  }
  if (rest !== '' || dropped) yield { line: dropped ? '' : rest, ended: false };
}

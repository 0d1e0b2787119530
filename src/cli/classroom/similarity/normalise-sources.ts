/** Has the sealed engine tokenise sources: many in a run, each by itself if one of them brings the run down. */
import { readFileSync } from 'node:fs';
import { cleanSource, linesOf, type Normalised, readNormalised } from '../../../classroom/similarity/normalised.ts';
import type { EngineClient } from '../../../worker/client-types.ts';
import { RUN_LIMITS } from '../../../worker/limits.ts';

const folder = new URL('../../../classroom/similarity/', import.meta.url);
/** Of one run: as much as is done in a second or two. */
const MOST_SOURCES = 500;
const MOST_CHARACTERS = 1_000_000;

/** By their text as `cleanSource` leaves it. Never rejects because of a source. */
export async function normaliseSources(
  engine: EngineClient,
  sources: Iterable<string>,
): Promise<ReadonlyMap<string, Normalised>> {
  const found = new Map<string, Normalised>();
  for (const batch of batchesOf(new Set([...sources].map(cleanSource)))) await normaliseBatch(engine, batch, found);
  return found;
}

async function normaliseBatch(engine: EngineClient, batch: readonly string[], found: Map<string, Normalised>) {
  const normalised = await runBatch(engine, batch);
  if (normalised !== null) {
    for (const [at, source] of batch.entries()) found.set(source, normalised[at] ?? linesOf(source));
    return;
  }
  const [only, ...others] = batch;
  if (only !== undefined && others.length === 0) {
    found.set(only, linesOf(only));
    return;
  }
  const half = Math.ceil(batch.length / 2);
  await normaliseBatch(engine, batch.slice(0, half), found);
  await normaliseBatch(engine, batch.slice(half), found);
}

/** null: the run came to no good end. */
async function runBatch(engine: EngineClient, batch: readonly string[]): Promise<Normalised[] | null> {
  const run = engine.run(
    {
      files: programFiles(),
      entry: { kind: 'call', file: 'normalise.py', function: 'normalise', args: [batch] },
    },
    { kind: 'round-robin' },
    { model: 'blocking-only', clock: 'virtual', limits: RUN_LIMITS, trace: false, observe: false },
    {},
    false,
  );
  return readNormalised((await run.done)?.value, batch.length);
}

let read: Readonly<Record<string, string>> | null = null;

function programFiles(): Readonly<Record<string, string>> {
  const text = (name: string) => readFileSync(new URL(name, folder), 'utf8');
  read ??= { 'normalise.py': text('normalise.py'), 'program.py': text('program.py') };
  return read;
}

function* batchesOf(sources: Iterable<string>): Generator<string[]> {
  let batch: string[] = [];
  let characters = 0;
  for (const source of sources) {
    if (batch.length > 0 && (batch.length >= MOST_SOURCES || characters + source.length > MOST_CHARACTERS)) {
      yield batch;
      [batch, characters] = [[], 0];
    }
    batch.push(source);
    characters += source.length;
  }
  if (batch.length > 0) yield batch;
}

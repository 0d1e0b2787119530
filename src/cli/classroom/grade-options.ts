/** What `hb classroom grade` is told on the command line. */
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { siteAddress } from '../../classroom/report/replay-url.ts';
import { Usage } from '../usage.ts';
import { readLanes } from './lanes-option.ts';
import { privateFolderOf } from './private-suites.ts';

export const GRADE_HELP = `hb classroom grade — grades what students handed in, and writes a gradebook

  hb classroom grade ASSIGNMENT SUBMISSIONS…

SUBMISSIONS are submission files, folders and archives, as the learning platform gives them out.

  --out DIR         where the results go (results)
  --roster CSV      the class list: id, name, email
  --received CSV    when work came in: id, time
  --private DIR     your own hidden tests (private/ beside the assignment)
  --lanes N         how many are graded at a time (as many as there are processors)
  --queue URL       leave the grading to hb classroom worker, at a Redis: redis://HOST:PORT
  --site URL        your site, for links that replay a failing run

Stopped in the middle (Ctrl-C, power), the same command goes on from there: only what is new or has changed is graded.
Exit code: 0 all was graded; 1 something was refused, or could not be graded; 2 the command was mistyped; 130 stopped.
`;

export interface GradeOptions {
  readonly assignment: string;
  readonly submissions: readonly string[];
  readonly out: string;
  readonly roster: string | null;
  readonly received: string | null;
  readonly privateFolder: string;
  readonly lanes: number | null;
  readonly queue: string | null;
  readonly site: string | null;
}

/** null: help was asked for. Throws Usage. */
export function readGradeOptions(args: string[]): GradeOptions | null {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      out: { type: 'string', default: 'results' },
      roster: { type: 'string' },
      received: { type: 'string' },
      private: { type: 'string' },
      lanes: { type: 'string' },
      queue: { type: 'string' },
      site: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return null;
  const [assignment, ...submissions] = positionals;
  if (assignment === undefined || submissions.length === 0)
    throw new Usage(`hb classroom grade: name the assignment, and then what was handed in.\n\n${GRADE_HELP}`);
  const { out } = values;
  for (const name of submissions) {
    if (!existsSync(name))
      throw new Usage(`hb classroom grade: there is no ${name}. Name files, folders or archives that were handed in.`);
    if (['.', 'submissions', 'feedback', 'report'].some((part) => isInside(path.join(out, part), name)))
      throw new Usage(
        `hb classroom grade: the results would go into ${name}, among what was handed in. Say where else: --out DIR.`,
      );
  }
  return {
    assignment,
    submissions,
    out,
    roster: file(values.roster, '--roster'),
    received: file(values.received, '--received'),
    privateFolder: privateFolderOf(assignment, values.private),
    lanes: values.lanes === undefined ? null : readLanes('hb classroom grade', values.lanes),
    queue: values.queue ?? null,
    site: values.site === undefined ? null : address(values.site),
  };
}

function file(name: string | undefined, option: string): string | null {
  if (name !== undefined && !existsSync(name))
    throw new Usage(`hb classroom grade: there is no file ${name} (${option}).`);
  return name ?? null;
}

function address(text: string): string {
  try {
    return siteAddress(text);
  } catch (error) {
    if (error instanceof RangeError) throw new Usage(`hb classroom grade: --site: ${error.message}`);
    throw error;
  }
}

/** Both as they really are: a link may lead anywhere. What is not there yet is where its folder is. */
function isInside(inner: string, outer: string): boolean {
  const real = (name: string): string => {
    const full = path.resolve(name);
    if (existsSync(full) || path.dirname(full) === full) return existsSync(full) ? realpathSync(full) : full;
    return path.join(real(path.dirname(full)), path.basename(full));
  };
  const way = path.relative(real(outer), real(inner));
  return way === '' || !(way.startsWith('..') || path.isAbsolute(way));
}

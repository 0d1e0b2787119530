/** `hb classroom link`: the URL that opens an assignment on the site. The assignment is in its fragment: no server sees it. */
import { parseArgs } from 'node:util';
import type { Assignment } from '../../classroom/assignment.ts';
import { encodeAssignment } from '../../classroom/assignment-link.ts';
import { Usage } from '../usage.ts';
import { openAssignment } from './open-assignment.ts';

export async function link(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { site: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  const [file] = positionals;
  const usage = 'hb classroom link assignment.json --site https://course.example.org';
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  if (file === undefined || values.site === undefined) throw new Usage(usage);
  process.stdout.write(`${await linkTo(values.site, openAssignment(file))}\n`);
  return 0;
}

/** `site`: where the course is served, with its path. Throws Usage. */
export async function linkTo(site: string, assignment: Assignment): Promise<string> {
  if (!/^https?:\/\/[^\s#?]+$/.test(site))
    throw new Usage(
      `hb classroom: --site ${JSON.stringify(site)} is no address. Write https://… as the browser shows it.`,
    );
  return `${site.replace(/\/+$/, '')}/assignment#${await encodeAssignment(assignment)}`;
}

/** What a replay link carries: its program in an editor, and its run at the press of a button, never before. */
import Link from '@docusaurus/Link';
import { type ReactNode, useEffect, useState } from 'react';
import type { Entry } from '../worker/protocol.ts';
import { BadLink, decodeReplay, type Replayable } from '../worker/replay-link.ts';
import { fingerprint } from './words.ts';
import { Workbench } from './workbench.tsx';

type Arrived =
  | { readonly phase: 'none' }
  | { readonly phase: 'reading' }
  | { readonly phase: 'bad'; readonly problem: string }
  | {
      readonly phase: 'here';
      readonly link: string;
      readonly replay: Replayable;
      /** The program's, the one that runs first. */
      readonly files: Readonly<Record<string, string>>;
    };

export function SharedRun(): ReactNode {
  const [arrived, setArrived] = useState<Arrived>({ phase: 'reading' });

  useEffect(() => {
    let turn = 0;
    const read = async () => {
      turn += 1;
      const mine = turn;
      const link = location.hash;
      const next = await open(link);
      if (turn === mine) setArrived(next);
    };
    read();
    // Whoever pastes another link into the address bar stays on this page.
    window.addEventListener('hashchange', read);
    return () => {
      turn += 1;
      window.removeEventListener('hashchange', read);
    };
  }, []);

  if (arrived.phase === 'reading') return <p>Reading the link …</p>;
  if (arrived.phase === 'none')
    return (
      <p>
        This page shows a run that somebody shared. After each run, <em>Copy link</em> makes such a link: it carries the
        program and its schedule, and goes to no server. Try it in the <Link to="/playground">playground</Link>.
      </p>
    );
  if (arrived.phase === 'bad')
    return (
      <p className="hb-warning" role="alert">
        The link cannot be opened: {arrived.problem}.
      </p>
    );
  const { link, replay, files } = arrived;
  return (
    <>
      <p>
        Somebody shared this program, and one run of it: {describeEntry(replay.program.entry)}, under the very schedule
        that was recorded. Nothing runs before you press Replay, and nothing leaves this page.
      </p>
      <Workbench
        key={link}
        scope={`replay#${fingerprint(link)}`}
        starter={files}
        world={replay.program.world}
        replay={replay}
      />
    </>
  );
}

async function open(link: string): Promise<Arrived> {
  if (link.length <= 1) return { phase: 'none' };
  try {
    const replay = await decodeReplay(link);
    return { phase: 'here', link, replay, files: filesOf(replay) };
  } catch (error) {
    if (error instanceof BadLink) return { phase: 'bad', problem: error.message };
    throw error;
  }
}

function filesOf({ program: { files, entry } }: Replayable): Record<string, string> {
  const main = entry.kind === 'script' || entry.kind === 'call' ? entry.file : '';
  const texts = Object.entries(files).map(([name, text]): [string, string] => [name, String(text)]);
  return Object.fromEntries(texts.sort(([a], [b]) => Number(b === main) - Number(a === main)));
}

function describeEntry(entry: Entry): ReactNode {
  if (entry.kind === 'terminals') return 'several machines';
  if (entry.kind === 'module') return <code>python -m {entry.module}</code>;
  if (entry.kind === 'script') return <code>{[entry.file, ...(entry.args ?? [])].join(' ')}</code>;
  return (
    <>
      <code>{`${entry.function}(${entry.args.map((arg) => JSON.stringify(arg)).join(', ')})`}</code> of{' '}
      <code>{entry.file}</code>
    </>
  );
}

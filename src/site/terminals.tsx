/** `<Terminals>` of a chapter: the fenced code inside it on several machines, each with terminals of its own. */
import { useLocation } from '@docusaurus/router';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { WorldFile } from '../course/world.ts';
import type { ClockKind, SwitchModel } from '../kernel/types.ts';
import { codeBlocks } from './code-blocks.ts';
import { fingerprint } from './words.ts';
import { Workbench } from './workbench.tsx';

export interface TerminalsProps {
  readonly title?: string;
  /** Hosts, terminals and links, as in a file for `hb run` (course/world.ts). */
  readonly world: WorldFile;
  readonly model?: SwitchModel;
  readonly schedule?: 'round-robin' | 'random';
  /** Default `real`. */
  readonly clock?: ClockKind;
  /** One fenced code block for each file, as in `<Program>`. */
  readonly children: ReactNode;
}

export function Terminals({ title, world, model, schedule, clock, children }: TerminalsProps): ReactNode {
  const { pathname } = useLocation();
  // MDX hands new objects of the same text on every render; the editor wants the same ones as long as the text is.
  const text = JSON.stringify([codeBlocks(children), world]);
  const [starter, described] = useMemo<[Record<string, string>, WorldFile]>(() => JSON.parse(text), [text]);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    // For authors, and for the test that opens every chapter: zod is more than a page should wait for.
    import('../course/world.ts').then(({ checkWorld }) => {
      try {
        checkWorld('<Terminals>', described);
        setProblem(null);
      } catch (error) {
        setProblem((error as Error).message);
      }
    });
  }, [described]);
  const scope = `program${pathname.replace(/\/$/, '')}#${fingerprint((title ?? '') + text)}`;
  if (problem !== null)
    return (
      <p className="hb-warning" role="alert">
        {problem}
      </p>
    );
  return (
    <Workbench
      scope={scope}
      title={title}
      starter={starter}
      world={described}
      model={model}
      schedule={schedule}
      clock={clock}
    />
  );
}

/** `<Program>` of a chapter: the fenced code inside it, made runnable. */
import { useLocation } from '@docusaurus/router';
import { type ReactNode, useMemo } from 'react';
import type { ClockKind, SwitchModel } from '../kernel/types.ts';
import { codeBlocks } from './code-blocks.ts';
import { fingerprint } from './words.ts';
import { Workbench } from './workbench.tsx';

export interface ProgramProps {
  readonly title?: string;
  /** Further files, by name; the fenced code is the program that runs. */
  readonly files?: Readonly<Record<string, string>>;
  readonly model?: SwitchModel;
  readonly schedule?: 'round-robin' | 'random' | 'parallel';
  readonly clock?: ClockKind;
  /** One fenced code block for each file; ```` ```python title="bank.py" ```` names it, else it is `program.py`. */
  readonly children: ReactNode;
}

export function Program({ title, files, model, schedule, clock, children }: ProgramProps): ReactNode {
  const { pathname } = useLocation();
  // MDX hands a new tree of the same text on every render; the editor wants the same object as long as the text is.
  const text = JSON.stringify({ ...codeBlocks(children), ...files });
  const starter = useMemo<Record<string, string>>(() => JSON.parse(text), [text]);
  const scope = `program${pathname.replace(/\/$/, '')}#${fingerprint((title ?? '') + text)}`;
  return <Workbench scope={scope} title={title} starter={starter} model={model} schedule={schedule} clock={clock} />;
}

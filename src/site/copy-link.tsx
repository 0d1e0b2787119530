/** Copies a replay link: the program and the schedule of one run, in a URL. */
import useBaseUrl from '@docusaurus/useBaseUrl';
import { type ReactNode, useState } from 'react';
import type { Program } from '../worker/protocol.ts';

export interface CopyLinkProps {
  readonly program: Program;
  readonly schedule: string;
  /** True if the run took its input from the reader. */
  readonly interactive: boolean;
}

export function CopyLink({ program, schedule, interactive }: CopyLinkProps): ReactNode {
  const page = useBaseUrl('/replay');
  const [said, setSaid] = useState('Copy link');
  // A run that had to be destroyed has no schedule.
  if (schedule === '') return null;
  const copy = async () => {
    const { BadLink, encodeReplay } = await import('../worker/replay-link.ts');
    try {
      const fragment = await encodeReplay({ program, schedule, interactive });
      await navigator.clipboard.writeText(`${location.origin}${page}#${fragment}`);
      setSaid('Link copied');
    } catch (error) {
      setSaid(error instanceof BadLink ? `No link: ${error.message}` : 'Not allowed');
    }
    setTimeout(() => setSaid('Copy link'), 3000);
  };
  return (
    <button type="button" className="hb-link-button" onClick={copy} title="A link that shows this very run">
      <span aria-live="polite">{said}</span>
    </button>
  );
}

/** Copies a replay link: the program and the schedule of one run, in a URL. */
import useBaseUrl from '@docusaurus/useBaseUrl';
import { type ReactNode, useState } from 'react';
import type { ActRecord } from '../kernel/hosts/types.ts';
import type { Program } from '../worker/protocol.ts';
import styles from './copy-link.module.css';
import { usePackaged } from './use-packaged.ts';

export interface CopyLinkProps {
  readonly program: Program;
  readonly schedule: string;
  /** True if the run took its input from the reader. */
  readonly interactive: boolean;
  /** What the reader did to it, in a world of several machines. */
  readonly acts: readonly ActRecord[];
}

export function CopyLink(props: CopyLinkProps): ReactNode {
  const packaged = usePackaged();
  // A package has no page that could show it, nor an address that others could open. A run that had to be destroyed has no
  // schedule. A schedule names its program, too: another one is another link.
  return packaged || props.schedule === '' ? null : <Copier key={props.schedule} {...props} />;
}

function Copier({ program, schedule, interactive, acts }: CopyLinkProps): ReactNode {
  const page = useBaseUrl('/replay');
  const [said, setSaid] = useState('Copy link');
  /** To be copied by hand: a page that came over plain http may not use the clipboard. */
  const [shown, setShown] = useState<string | null>(null);
  const copy = async () => {
    const { BadLink, encodeReplay } = await import('../worker/replay-link.ts');
    let link: string;
    try {
      link = `${location.origin}${page}#${await encodeReplay({ program, schedule, interactive, acts })}`;
    } catch (error) {
      if (!(error instanceof BadLink)) throw error;
      setSaid(`No link: ${error.message}`);
      return;
    }
    try {
      await navigator.clipboard.writeText(link);
      setSaid('Link copied');
      setTimeout(() => setSaid('Copy link'), 3000);
    } catch {
      setShown(link);
    }
  };
  if (shown !== null)
    return (
      <input
        className={styles.link}
        readOnly
        aria-label="Replay link"
        value={shown}
        // biome-ignore lint/a11y/noAutofocus: it is what the reader just asked for, in the place of the button
        autoFocus
        onFocus={(event) => event.target.select()}
      />
    );
  return (
    <button type="button" className="hb-link-button" onClick={copy} title="A link that shows this very run">
      <span aria-live="polite">{said}</span>
    </button>
  );
}

/** Warns, beside the editor, when what is typed there cannot be kept. */
import type { ReactNode } from 'react';
import { useStoreHealth } from './use-progress.ts';

export function StorageWarning(): ReactNode {
  const health = useStoreHealth();
  if (health === 'ok') return null;
  return (
    <p className="hb-warning" role="alert">
      {health === 'full'
        ? 'The browser’s storage for this site is full: your latest changes are not saved. Copy them elsewhere before you leave, or reset programs you no longer need.'
        : 'The browser lets this site store nothing (private window, or site data blocked): your changes are lost when you leave the page.'}
    </p>
  );
}

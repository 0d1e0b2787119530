/** The mark before an exercise: a ring, or a tick once solved; in words for screen readers. */
import clsx from 'clsx';
import type { ReactNode } from 'react';

export function SolvedMark({ solved }: { readonly solved: boolean }): ReactNode {
  return (
    <span className={clsx('hb-mark', solved && 'hb-mark--solved')}>
      <span aria-hidden="true">{solved ? '✓' : '○'}</span>
      {solved && <span className="hb-visually-hidden">solved: </span>}
    </span>
  );
}

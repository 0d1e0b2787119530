/** What went wrong, a sentence a line; a screen reader says it at once. */
import type { ReactNode } from 'react';

export function Problem({ lines }: { readonly lines: readonly string[] }): ReactNode {
  return (
    <div role="alert">
      {lines.length > 0 && (
        <div className="hb-warning">
          {lines.map((line) => (
            <div key={line}>{line}</div>
          ))}
        </div>
      )}
    </div>
  );
}

/** Copies a text and says so. */
import { type ReactNode, useState } from 'react';

export function CopyButton({ text, what }: { readonly text: string; readonly what: string }): ReactNode {
  const [said, setSaid] = useState('Copy');
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setSaid('Copied'),
      () => setSaid('Not allowed'),
    );
    setTimeout(() => setSaid('Copy'), 2000);
  };
  return (
    <button type="button" className="hb-link-button" onClick={copy} aria-label={`${said} ${what}`}>
      {said}
    </button>
  );
}

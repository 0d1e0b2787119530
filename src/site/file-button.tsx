/** A button that asks for a JSON file. */
import { type ReactNode, useRef } from 'react';

export interface FileButtonProps {
  /** What the button says. */
  readonly children: string;
  /** What the field of the file is called. */
  readonly label: string;
  readonly quiet?: boolean;
  readonly onFile: (file: File) => void;
}

export function FileButton({ children, label, quiet = false, onFile }: FileButtonProps): ReactNode {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className={quiet ? 'hb-button hb-quiet' : 'hb-button'}
        onClick={() => chooser.current?.click()}
      >
        {children}
      </button>
      <input
        ref={chooser}
        type="file"
        accept="application/json,.json"
        hidden
        aria-label={label}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) onFile(file);
          // So that choosing the same file again is a change.
          event.target.value = '';
        }}
      />
    </>
  );
}

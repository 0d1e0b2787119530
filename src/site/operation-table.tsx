/** Which operations are one step for other threads: docs/atomic-operations.json, which a test checks by search, as a table. */
import type { ReactNode } from 'react';

interface Operation {
  readonly operation: string;
  readonly cpython: string;
  readonly everyBytecode: string;
  readonly why: string;
}

const SHOWN: Readonly<Record<string, string>> = { atomic: 'one step', torn: 'several' };

export function OperationTable({ rows }: { readonly rows: readonly Operation[] }): ReactNode {
  return (
    <table>
      <thead>
        <tr>
          <th>operation</th>
          <th>with the GIL</th>
          <th>every bytecode</th>
          <th>why</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ operation, cpython, everyBytecode, why }) => (
          <tr key={operation}>
            <td>{named(operation)}</td>
            <td>{SHOWN[cpython]}</td>
            <td>{SHOWN[everyBytecode]}</td>
            <td>{marked(why)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `d[k] = v, with __setitem__ in Python`: the code, and what is special about it. */
function named(operation: string): ReactNode {
  const [code, special] = operation.split(', with ');
  return (
    <>
      <code>{code}</code>
      {special !== undefined && `, with ${special}`}
    </>
  );
}

/** Text with `code` in it. */
function marked(text: string): ReactNode[] {
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a constant text.
  return text.split('`').map((part, n) => (n % 2 === 1 ? <code key={n}>{part}</code> : part));
}

/** The fenced code blocks that a chapter puts into a component. */
import { isValidElement, type ReactNode } from 'react';

interface CodeProps {
  readonly className?: string;
  readonly metastring?: string;
  readonly children?: ReactNode;
}

/** The code blocks in an MDX tree: file name to text, in their order. One without a `title` is `program.py`. */
export function codeBlocks(node: ReactNode): Record<string, string> {
  if (Array.isArray(node)) return Object.assign({}, ...node.map(codeBlocks));
  if (!isValidElement<CodeProps>(node)) return {};
  const { children, className, metastring } = node.props;
  if (typeof children !== 'string' || className?.startsWith('language-') !== true) return codeBlocks(children);
  const name = /title="([^"]+)"/.exec(metastring ?? '')?.[1] ?? 'program.py';
  return { [name]: children };
}

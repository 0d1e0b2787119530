/** Docusaurus' sidebar link, with the solved mark before an exercise's title. */
import type { WrapperProps } from '@docusaurus/types';
import type LinkType from '@theme/DocSidebarItem/Link';
import Link from '@theme-original/DocSidebarItem/Link';
import type { ReactNode } from 'react';
import { useSolved } from '../../../site/use-progress.ts';

export default function DocSidebarItemLink(props: WrapperProps<typeof LinkType>): ReactNode {
  const slug = /\/exercises\/([^/]+\/[^/]+?)\/?$/.exec(props.item.href)?.[1];
  const solved = useSolved();
  if (slug === undefined) return <Link {...props} />;
  const className = `${props.item.className ?? ''} hb-exercise ${slug in solved ? 'hb-exercise--solved' : ''}`;
  // The mark itself is drawn by CSS (custom.css): its `content` has a text alternative for screen readers.
  return <Link {...props} item={{ ...props.item, className }} />;
}

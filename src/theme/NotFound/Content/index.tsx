/** What a wrong address shows, within the theme's page for it. */
import Link from '@docusaurus/Link';
import type { ReactNode } from 'react';

export default function NotFoundContent(): ReactNode {
  return (
    <main className="container margin-vert--xl">
      <h1>There is no such page</h1>
      <p>
        The address may be mistyped, or an exercise may have moved. All of them are on the{' '}
        <Link to="/progress">exercises page</Link>.
      </p>
    </main>
  );
}

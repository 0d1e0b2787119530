/** What the site publishes is what the program reads. After a change: vitest run src/classroom/json-schema.test.ts -u. */
import { expect, test } from 'vitest';
import { SCHEMAS } from './json-schema.ts';

test.each(Object.entries(SCHEMAS))('static/schemas/%s', async (name, make) => {
  await expect(make()).toMatchFileSnapshot(`../../static/schemas/${name}`);
});

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exerciseImports } from './exercise-imports.ts';

const transform = exerciseImports({ folder: join(import.meta.dirname, '../../../exercises') });
const element = (slug: string) => ({
  type: 'mdxJsxFlowElement',
  name: 'Exercise',
  attributes: [{ type: 'mdxJsxAttribute', name: 'slug', value: slug }] as {
    type: string;
    name: string;
    value: unknown;
  }[],
  children: [],
});

test('an exercise gets its data imported once, however often it is shown', () => {
  const [first, second] = [element('locks/lost-update'), element('locks/lost-update')];
  const tree = { type: 'root', children: [first, second] as { type: string; value?: string }[] };
  transform(tree, { path: 'docs/locks.mdx' });
  expect(tree.children.map((node) => node.value ?? node.type)).toEqual([
    'import exerciseData0 from "@generated/course/default/locks--lost-update.json"',
    'mdxJsxFlowElement',
    'mdxJsxFlowElement',
  ]);
  expect(first.attributes[1]).toMatchObject({ name: 'data', value: { value: 'exerciseData0' } });
});

test('a wrong slug names the chapter and the fix', () => {
  const tree = { type: 'root', children: [element('locks/nowhere')] };
  expect(() => transform(tree, { path: 'docs/locks.mdx' })).toThrow(
    /docs\/locks.mdx: .*locks\/nowhere.*Correct the slug/,
  );
});

/**
 * A remark plugin: `<Exercise slug="locks/lost-update" />` in a chapter becomes an element with its data imported, so that
 * a chapter carries its own exercises, on the server's page too, and no others.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exerciseDataImport } from './data-file.ts';

interface Node {
  type: string;
  name?: string;
  children?: Node[];
  attributes?: { type: string; name?: string; value?: unknown }[];
  value?: string;
  data?: unknown;
}

export function exerciseImports({ folder }: { folder: string }) {
  return (tree: Node, file: { path: string }): void => {
    const imports = new Map<string, string>();
    visit(tree, (node) => {
      if (node.name !== 'Exercise' || !node.attributes) return;
      const slug = node.attributes.find((attribute) => attribute.name === 'slug')?.value;
      if (typeof slug !== 'string' || !existsSync(join(folder, slug, 'README.md')))
        throw new Error(
          `${file.path}: <Exercise slug="${String(slug)}"> names no folder below exercises/. Correct the slug.`,
        );
      const name = imports.get(slug) ?? `exerciseData${imports.size}`;
      imports.set(slug, name);
      const identifier = { type: 'Identifier', name };
      node.attributes.push({ type: 'mdxJsxAttribute', name: 'data', value: expression(name, identifier) });
    });
    for (const [slug, name] of imports) tree.children?.unshift(importNode(name, exerciseDataImport(slug)));
  };
}

function visit(node: Node, visitor: (node: Node) => void): void {
  visitor(node);
  for (const child of node.children ?? []) visit(child, visitor);
}

function expression(source: string, tree: unknown) {
  const body = [{ type: 'ExpressionStatement', expression: tree }];
  const estree = { type: 'Program', sourceType: 'module', comments: [], body };
  return { type: 'mdxJsxAttributeValueExpression', value: source, data: { estree } };
}

function importNode(name: string, from: string): Node {
  const local = { type: 'Identifier', name };
  const declaration = {
    type: 'ImportDeclaration',
    specifiers: [{ type: 'ImportDefaultSpecifier', local }],
    source: { type: 'Literal', value: from, raw: JSON.stringify(from) },
    attributes: [],
  };
  const estree = { type: 'Program', sourceType: 'module', comments: [], body: [declaration] };
  return { type: 'mdxjsEsm', value: `import ${name} from ${JSON.stringify(from)}`, data: { estree } };
}

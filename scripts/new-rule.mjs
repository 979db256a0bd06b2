// Starts a rule: npm run new-rule istio/idle-gateway writes the rule, its test, and its line in the list of rules.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeRuleIndexes } from './rules.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const meshes = path.join(root, 'server/src/meshes');
const [id = ''] = process.argv.slice(2);
const [, mesh, name] = /^([a-z]+(?:-[a-z]+)*)\/([a-z0-9]+(?:-[a-z0-9]+)*)$/.exec(id) ?? [];

if (mesh === undefined) fail(`new-rule takes an id like istio/idle-gateway, a system and what is wrong${id === '' ? '' : `, not "${id}"`}`);
const systems = readdirSync(meshes, { withFileTypes: true }).flatMap((it) => (it.isDirectory() ? [it.name] : []));
if (!systems.includes(mesh)) fail(`there is no folder server/src/meshes/${mesh} (there is ${systems.join(', ')})`);

const folder = path.join(meshes, mesh, 'rules');
const file = path.join(folder, `${name}.ts`);
if (existsSync(file)) fail(`${path.relative(root, file)} exists already`);
const constant = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

mkdirSync(folder, { recursive: true });
writeFileSync(
  file,
  `import { defineRule } from '../../../rules/rule.js';

export const ${constant} = defineRule({
  id: '${mesh}/${name}',
  title: 'Says what is wrong, without names',
  severity: 'warning',
  category: 'semantics',
  effect: 'Says in one short sentence what happens at run time.',
  why: 'Says the same at length, for the page.',
  remedy: 'Says what to do.',
  example: {
    bad: \`
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: istio-ingress }
\`,
    good: \`
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: istio-ingress }
\`,
  },

  kinds: ['Gateway'],
  reads: {},

  *check({ resource }) {
    const at = resource.root.get('spec');
    if (at === undefined) return;
    yield { at, message: \`Says what is wrong with "\${resource.name}" here.\` };
  },
});
`,
);
writeFileSync(
  path.join(folder, `${name}.test.ts`),
  `import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { ${constant} } from './${name}.js';

test('reports what is wrong', () => {
  check(
    ${constant},
    \`
    kind: Gateway
    metadata: { name: public, namespace: istio-ingress }
    spec:
      selector: { istio: ingressgateway }
    #           ^^^^^^^^^^^^^^^^^^^^^^^^^ warning ${mesh}/${name}
    \`,
  );
});

test('says nothing about the nearest thing that is right', () => {
  check(
    ${constant},
    \`
    kind: Gateway
    metadata: { name: public, namespace: istio-ingress }
    \`,
  );
});
`,
);
writeRuleIndexes();
for (const it of [`${name}.ts`, `${name}.test.ts`, 'index.ts']) console.log(`server/src/meshes/${mesh}/rules/${it} written`);
console.log(`Next: npm test -- ${name}, which fails as it should.`);

function fail(text) {
  console.error(`new-rule: ${text}`);
  process.exit(2);
}

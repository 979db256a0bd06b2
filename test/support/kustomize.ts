import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { build, identityIn, NO_CONTEXT, type BuiltTree } from '../../server/src/sources/kustomize/build.js';
import { contextOf, type Member } from '../../server/src/sources/kustomize/context.js';
import { generatedTree } from '../../server/src/sources/kustomize/generated.js';
import { resourceMaps } from '../../server/src/sources/documents.js';
import { isScopeFile, planScopes } from '../../server/src/sources/scopes.js';
import { toJson } from '../../server/src/yaml/json.js';
import type { Json } from '../../server/src/yaml/node.js';
import { parseDocument } from '../../server/src/yaml/parse.js';
import { splitDocuments } from '../../server/src/yaml/split.js';

/** Everything that a scope of some files builds, as `kustomize build` would print it. */
export function buildAll(files: ReadonlyMap<string, string>, scope: string): readonly Json[] {
  return treesOf(files, scope).map((it) => toJson(it.root));
}

export function treesOf(files: ReadonlyMap<string, string>, scope: string): readonly BuiltTree[] {
  const plan = planScopes({ scopeFiles: [...files.keys()].filter(isScopeFile), textOf: (uri) => files.get(uri) });
  const members: Member[] = [];
  for (const [uri, text] of files) {
    for (const placement of plan.placementsOf(uri)) {
      if (placement.scope !== scope || placement.isPatch) continue;
      const maker = placement.chain.find((it) => it.origin.uri === uri);
      if (maker) {
        for (const generated of maker.generated) {
          const root = generatedTree(generated, maker);
          members.push({ chain: placement.chain, origin: maker.origin, identity: identityIn(root), root: () => root });
        }
        continue;
      }
      for (const document of splitDocuments(text)) {
        for (const { root } of resourceMaps(parseDocument(document.text))) {
          if (root.text('kind') === undefined) continue;
          members.push({ chain: placement.chain, origin: { uri, text: document.text }, identity: identityIn(root), root: () => root });
        }
      }
    }
  }
  const context = members.length === 0 ? NO_CONTEXT : contextOf(members);
  return members.flatMap((it) => build(it.origin, it.root()!, it.chain, context) ?? []);
}

/** YAML files below a folder, by URI. */
export function filesBelow(folder: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const visit = (at: string): void => {
    for (const name of readdirSync(at)) {
      const full = path.join(at, name);
      if (!existsSync(full)) continue;
      if (statSync(full).isDirectory()) visit(full);
      else if (/\.(ya?ml|json)$/.test(name) || name === 'Kustomization') files.set(`file://${full}`, readFileSync(full, 'utf8'));
    }
  };
  visit(folder);
  return files;
}

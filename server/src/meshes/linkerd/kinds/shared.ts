import { defineKind, type Emit, type Kind } from '../../../model/kind.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import type { Range } from '../../../text/range.js';
import type { YamlNode } from '../../../yaml/node.js';
import { accountsNamed } from '../../kubernetes/lookups.js';
import { meshSigns, type Named } from '../../kubernetes/tables.js';
import { kindsAtHand, POLICY_GROUP } from '../tables.js';

/** A kind of Linkerd's own: any resource of it shows that Linkerd is at work, and that the kind is kept in this workspace. */
export function linkerdKind(
  kind: string,
  versions: readonly string[],
  extract: (resource: Resource, emit: Emit) => void,
  more: Partial<Kind> = {},
): Kind {
  const group = more.group ?? POLICY_GROUP;
  return defineKind({
    group,
    kind,
    versions,
    system: 'linkerd',
    ...more,
    extract(resource, emit) {
      emit.define(meshSigns, 'linkerd', nameRange(resource), null);
      if (resource.name !== '') emit.define(kindsAtHand, `${group}/${kind}`, nameRange(resource), null);
      extract(resource, emit);
    },
  });
}

export function nameRange({ root }: Resource): Range {
  return root.get('metadata.name') ?? root;
}

export function keyOf(ref: Named): string {
  return `${namespaceKey(ref.namespace)}/${ref.name}`;
}

/** A service account that a map with name and namespace means. */
export function accountIn(node: YamlNode, resource: Resource): Named | undefined {
  const name = node.name('name');
  if (name === undefined || name === '') return undefined;
  const written = node.has('namespace') ? node.text('namespace') : resource.namespace;
  return node.has('namespace') && written === undefined ? undefined : { name, namespace: written };
}

/** States which service account a map means. */
export function referAccount(node: YamlNode, resource: Resource, emit: Emit): void {
  const account = accountIn(node, resource);
  if (account) emit.refer(accountsNamed, keyOf(account), node.get('name')!);
}

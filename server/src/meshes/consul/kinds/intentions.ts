import type { Resource } from '../../../model/resource.js';
import { isOpen } from '../../kubernetes/fields.js';
import { intentionsFrom, intentionsOf, type IntentionSource } from '../tables.js';
import { consulKind, entryOf, nameNode, referGroups, referPeers, referProviders, referService } from './shared.js';

export const serviceIntentions = consulKind('ServiceIntentions', (resource, emit) => {
  const { root } = resource;
  referService(emit, root.get('spec.destination.name'));
  for (const source of root.list('spec.sources.*')) if (!source.text('peer')) referService(emit, source.get('name'));
  referPeers(emit, resource, 'spec.sources.*.peer');
  referGroups(emit, resource, 'spec.sources.*.samenessGroup');
  referProviders(emit, resource, 'spec', 'spec.sources.*.permissions.*');
  const node = root.get('spec.destination.name');
  const destination = node?.text();
  if (resource.name === '' || node === undefined || destination === undefined || destination === '') return;
  const facts = {
    ...entryOf(resource),
    destination,
    destinationNamespace: root.text('spec.destination.namespace') ?? '',
    sources: sourcesOf(resource),
    incomplete: isOpen(resource, 'spec.sources'),
  };
  emit.define(intentionsOf, destination, node, facts);
  for (const source of new Set(facts.sources.map((it) => it.name))) emit.define(intentionsFrom, source, nameNode(resource), facts);
});

/** Sources as written, in their order. */
export function sourcesOf({ root }: Resource): readonly IntentionSource[] {
  return root.list('spec.sources.*').map((node) => {
    const permissions = node.list('permissions.*');
    return {
      name: node.text('name') ?? '',
      namespace: node.text('namespace') ?? '',
      partition: node.text('partition') ?? '',
      peer: node.text('peer') ?? '',
      samenessGroup: node.text('samenessGroup') ?? '',
      action: permissions.length > 0 ? 'permissions' : (node.text('action') ?? ''),
      mayAllow: permissions.some((it) => it.text('action') === 'allow'),
    };
  });
}

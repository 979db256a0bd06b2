import type { Emit } from '../../../model/kind.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import { isOpen } from '../../kubernetes/fields.js';
import { namespaceNamed, secretsNamed, servicesNamed } from '../../kubernetes/lookups.js';
import { EXPERIMENTAL_GROUP, targetRefsOf } from '../references.js';
import { referenceGrants } from '../tables.js';
import { gatewayApiKind, referParent } from './shared.js';

export const referenceGrant = gatewayApiKind(
  'ReferenceGrant',
  ['v1', 'v1beta1', 'v1alpha2'],
  (resource, emit) => {
    const { root, name, namespace } = resource;
    for (const node of root.list('spec.from.*.namespace')) if (node.text()) emit.refer(namespaceNamed, node.text()!, node);
    for (const to of root.list('spec.to.*')) {
      const node = to.get('name');
      const lookup = { Service: servicesNamed, Secret: secretsNamed }[to.text('kind') ?? ''];
      if (lookup && node?.text()) emit.refer(lookup, `${namespaceKey(namespace)}/${node.text()!}`, node);
    }
    if (name === '') return;
    emit.define(referenceGrants, namespaceKey(namespace), root.get('metadata.name')!, {
      name,
      namespace,
      from: root.list('spec.from.*').map((it) => ({
        group: it.text('group') ?? '',
        kind: it.text('kind') ?? '',
        namespace: it.text('namespace') ?? '',
      })),
      to: root.list('spec.to.*').map((it) => ({
        group: it.text('group') ?? '',
        kind: it.text('kind') ?? '',
        name: it.text('name') || undefined,
      })),
      incomplete: isOpen(resource, 'spec'),
    });
  },
  { shortNames: ['refgrant'] },
);

function extractPolicy(resource: Resource, emit: Emit): void {
  for (const ref of targetRefsOf(resource)) referParent(ref, emit);
}

export const backendTlsPolicy = gatewayApiKind('BackendTLSPolicy', ['v1', 'v1alpha3', 'v1alpha2'], extractPolicy, {
  plural: 'backendtlspolicies',
  shortNames: ['btlspolicy'],
});
export const xBackendTrafficPolicy = gatewayApiKind('XBackendTrafficPolicy', ['v1alpha1'], extractPolicy, {
  group: EXPERIMENTAL_GROUP,
  plural: 'xbackendtrafficpolicies',
  shortNames: ['xbtrafficpolicy'],
});

import { defineRule } from '../../../rules/rule.js';
import type { YamlNode } from '../../../yaml/node.js';
import { keyAt, keyOf, present } from '../fields.js';
import { REFUSED } from '../names.js';

const FIELDS = ['service', 'serviceSubset', 'namespace', 'partition', 'datacenter', 'peer', 'samenessGroup'] as const;

export const resolverRedirectInvalid = defineRule({
  id: 'consul/resolver-redirect-invalid',
  title: 'Redirect that contradicts itself',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'A redirect names where traffic goes in one way: a service here, one of a peer, or one of a sameness group. A subset, a namespace, a partition or a peer belongs to a service.',
  remedy: 'Name the service, and one place for it.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceResolver
metadata: { name: web, namespace: shop }
spec: { redirect: { service: api, peer: east, serviceSubset: v2 } }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceResolver
metadata: { name: web, namespace: shop }
spec: { redirect: { service: api, serviceSubset: v2 } }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceResolver
metadata: { name: api, namespace: shop }
spec:
  subsets:
    v1: { filter: Service.Meta.version == v1 }
    v2: { filter: Service.Meta.version == v2 }
`,
  },

  kinds: ['ServiceResolver'],
  reads: {},

  *check({ resource }) {
    const redirect = resource.root.get('spec.redirect');
    if (redirect === undefined || resource.partial || (redirect.type === 'map' && redirect.partial)) return;
    if (redirect.type === 'list' || (redirect.type === 'scalar' && redirect.value !== null)) return;
    if (redirect.type === 'scalar' && redirect.opaque) return;
    const fault = faultOf(redirect);
    if (fault) yield { at: fault.field === '' ? keyAt(resource, 'spec.redirect') : keyOf(redirect, fault.field), message: fault.message };
  },
});

/** The first fault of a redirect, as the webhook looks for them. */
function faultOf(redirect: YamlNode): { readonly field: string; readonly message: string } | undefined {
  const set = present(redirect, FIELDS);
  if (set.length === 0) return { field: '', message: 'This redirect leads nowhere.' };
  for (const place of ['samenessGroup', 'peer']) {
    const barred = set.find((it) => ['serviceSubset', 'partition', 'datacenter'].includes(it));
    if (set.includes(place) && barred !== undefined) return { field: barred, message: `A redirect with "${place}" takes no "${barred}".` };
  }
  const lone = set.find((it) => ['serviceSubset', 'namespace', 'partition', 'peer'].includes(it));
  if (lone !== undefined && !set.includes('service')) return { field: lone, message: `"${lone}" of a redirect needs a "service".` };
  if (set.includes('datacenter') && set.includes('partition'))
    return { field: 'partition', message: 'A redirect takes one of "datacenter" and "partition".' };
  return undefined;
}

import { defineRule } from '../../../rules/rule.js';
import { insertEntry, quoteIfNeeded, replaceValue } from '../../../yaml/edit.js';
import { holds, nameOf, specOf } from '../fields.js';
import { otherServicesOf } from '../kinds/traffic.js';
import { isHttp, protocolOf } from '../lookups.js';
import { ANY, NOT_SYNCED } from '../names.js';
import { isEnterprise } from '../settings.js';

interface Data {
  readonly service: string;
  readonly defaults: string | null;
}

export const l7RequiresHttp = defineRule({
  id: 'consul/l7-requires-http',
  title: 'Rules for requests of a service that is no HTTP to Consul',
  severity: 'error',
  category: 'semantics',
  effect: NOT_SYNCED,
  why: 'Routers, splitters and permissions look at requests, which Consul sees of http, http2 and grpc only. The protocol is that of the ServiceDefaults of the service, else that of ProxyDefaults, else tcp.',
  remedy: 'Set the protocol in the ServiceDefaults of the service.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceSplitter
metadata: { name: web, namespace: shop }
spec:
  splits:
  - { weight: 90, serviceSubset: v1 }
  - { weight: 10, serviceSubset: v2 }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceResolver
metadata: { name: web, namespace: shop }
spec:
  subsets:
    v1: { filter: Service.Meta.version == v1 }
    v2: { filter: Service.Meta.version == v2 }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceSplitter
metadata: { name: web, namespace: shop }
spec:
  splits:
  - { weight: 90, serviceSubset: v1 }
  - { weight: 10, serviceSubset: v2 }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceResolver
metadata: { name: web, namespace: shop }
spec:
  subsets:
    v1: { filter: Service.Meta.version == v1 }
    v2: { filter: Service.Meta.version == v2 }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { protocol: http }
`,
  },

  kinds: ['ServiceRouter', 'ServiceSplitter', 'ServiceIntentions'],
  reads: { protocolOf, isEnterprise },

  *check({ resource, read }) {
    const { root, name, kind } = resource;
    const isIntention = kind === 'ServiceIntentions';
    const destination = root.get('spec.destination.name');
    const own = isIntention ? (destination?.text() ?? '') : name;
    if (own === '' || own === ANY) return;
    if (isIntention && !root.list('spec.sources.*').some((it) => holds(it, 'permissions'))) return;
    const others = isIntention ? [] : otherServicesOf(resource);
    const wanted = [
      { at: isIntention ? destination! : nameOf(resource), service: own },
      ...others.map((it) => ({ at: it.serviceNode ?? nameOf(resource), service: it.service })),
    ];
    for (const { at, service } of wanted) {
      const { name: protocol, decidedBy } = read.protocolOf(service);
      if (isHttp(protocol)) continue;
      if (decidedBy && read.isEnterprise() && decidedBy.data.kind === 'ServiceDefaults' && decidedBy.data.namespace !== resource.namespace)
        continue;
      const isMixed = others.some((it) => {
        const other = read.protocolOf(it.service).name;
        return other !== undefined && other !== read.protocolOf(own).name;
      });
      yield {
        at,
        certainty: decidedBy ? 'proven' : 'owned',
        ...(isIntention && { severity: 'warning' as const, effect: 'Sources with permissions are denied.' }),
        message: `Service "${service}" is ${protocol}, and ${isIntention ? 'permissions need' : `a ${kind} needs`} http, http2 or grpc.`,
        // Of one problem that is two to the servers, the nearer one is told.
        peers: isMixed ? ['consul/inconsistent-protocols'] : [],
        ...(decidedBy && { related: [{ at: decidedBy, message: `${decidedBy.data.kind} "${decidedBy.data.name}" decides that` }] }),
        data: { service, defaults: decidedBy?.data.kind === 'ServiceDefaults' ? decidedBy.resource : null } satisfies Data,
      };
      return;
    }
  },

  fix({ resource, problem, other }) {
    const { service, defaults } = problem.data as Data;
    if (defaults === null)
      return [
        {
          title: `Create ServiceDefaults "${service}" with protocol http`,
          edits: [
            {
              appendDocument: [
                'apiVersion: consul.hashicorp.com/v1alpha1',
                'kind: ServiceDefaults',
                'metadata:',
                `  name: ${quoteIfNeeded(service)}`,
                ...(resource.namespace === undefined ? [] : [`  namespace: ${resource.namespace}`]),
                'spec:',
                '  protocol: http',
              ].join('\n'),
            },
          ],
        },
      ];
    const found = other(defaults);
    const spec = found && specOf(found.resource);
    if (!found || !spec) return [];
    const written = spec.get('protocol');
    const isAlone = resource.kind === 'ServiceIntentions' || otherServicesOf(resource).length === 0;
    return (isAlone ? ['http', 'grpc'] : ['http']).map((protocol) => ({
      title: `Set protocol: ${protocol} (${found.file})`,
      edits: [
        {
          resource: defaults,
          ...(written ? replaceValue(found.text, written, protocol) : insertEntry(found.text, spec, 'protocol', protocol)),
        },
      ],
    }));
  },
});

import { clusterDomain } from '../../../index/settings.js';
import { displayHost, serviceHost, serviceOfHost } from '../../../model/hosts.js';
import { namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { namespacesOfService } from '../../kubernetes/lookups.js';
import { services, workloadsByLabel, type Workload } from '../../kubernetes/tables.js';
import { canonicalHost, canUse } from '../hosts.js';
import { textsAt } from '../kinds/shared.js';
import { hostInView, ownersOfHost, serviceNames, someHostUnder } from '../lookups.js';
import { destinationRules } from '../tables.js';
import { quotedList } from '../words.js';

/** The first of them that a workload has names its app. */
const APP_LABELS = ['service.istio.io/canonical-name', 'app.kubernetes.io/name', 'app'];

export const unknownDestinationRuleHost = defineRule({
  id: 'istio/unknown-destination-rule-host',
  title: 'DestinationRule for a host that nothing defines',
  severity: 'warning',
  category: 'reference',
  peers: ['IST0174', 'KIA0202'],
  effect: 'This rule applies to nothing.',
  why: 'A DestinationRule shapes the traffic to a Service or ServiceEntry. For any other host it is stored and never used: no TLS, no limits, no subsets.',
  remedy: 'Correct the name, or write the full name of a Service in another namespace.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart, namespace: shop }
spec:
  host: crat
  trafficPolicy: { loadBalancer: { simple: ROUND_ROBIN } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart, namespace: shop }
spec:
  host: cart
  trafficPolicy: { loadBalancer: { simple: ROUND_ROBIN } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ['DestinationRule'],
  reads: { ownersOfHost, someHostUnder, hostInView, serviceNames, namespacesOfService, services, clusterDomain, workloadsByLabel },

  *check({ resource, read, stated }) {
    const own = stated(destinationRules)?.data;
    if (own && !own.host.startsWith('*') && read.ownersOfHost(own.host).some((it) => canUse(own, it.data))) return;
    const at = resource.root.get('spec.host');
    const written = at?.text();
    if (at === undefined || written === undefined || written === '') return;
    if (written.startsWith('*')) {
      if (read.hostInView(written) === 'external' || read.someHostUnder(written)) return;
      yield {
        at,
        certainty: 'unseen',
        // Kiali does not look for what a wildcard covers.
        peers: ['IST0174'],
        message: `No Service or ServiceEntry has a host that "${written}" covers.`,
        data: [],
      };
      return;
    }
    const host = canonicalHost(written, resource.namespace);
    const owners = read.ownersOfHost(host);
    const user = { namespace: resource.namespace, exportTo: textsAt(resource.root, 'spec.exportTo') };
    if (owners.some((it) => canUse(user, it.data))) return;
    const view = read.hostInView(host);
    if (view === 'external') return;
    const [hidden] = owners;
    if (hidden) {
      yield {
        at,
        message: `"${displayHost(host)}" is not exported to where this rule applies.`,
        related: [{ at: hidden, message: `it is exported to ${hidden.data.exportTo.join(', ')} only` }],
        data: [],
      };
      return;
    }
    const service = serviceOfHost(host);
    const near = service && nearest(service.name, read.serviceNames(namespaceKey(service.namespace)));
    const [, partName, partNamespace] = /^([^.*]+)\.([^.*]+)(?:\.svc)?$/.exec(written) ?? [];
    const isShort = !written.includes('.');
    const places = service && near === undefined && (isShort || view === 'owned') ? read.namespacesOfService(service.name) : [];
    const domain = read.clusterDomain();
    const instead =
      service === undefined
        ? partName !== undefined && read.services(`${partNamespace}/${partName}`).length > 0
          ? [serviceHost(partName, partNamespace, domain)]
          : []
        : near === undefined
          ? places.map((it) => serviceHost(service.name, it, domain))
          : [written.includes('.') ? serviceHost(near, service.namespace, domain) : near];
    const known = instead.map((it) => displayHost(canonicalHost(it, service?.namespace), domain));
    yield {
      at,
      peers:
        (service !== undefined && service.namespace === resource.namespace && isAppOf(service.name)) ||
        (partName !== undefined && instead.length > 0)
          ? ['IST0174']
          : ['IST0174', 'KIA0202'],
      certainty: instead.length > 0 ? 'near' : view === 'owned' ? 'owned' : 'unseen',
      message:
        service !== undefined && places.length > 0 && isShort
          ? `"${written}" means "${displayHost(host)}" here; the Service is in ${quotedList(places)}.`
          : partName !== undefined && instead.length > 0
            ? `"${written}" is not the Service "${partNamespace}/${partName}": Istio completes only hosts without a dot.`
            : `No Service or ServiceEntry${instead.length === 0 && view === 'owned' ? ' in this workspace' : ''} defines "${displayHost(host)}"${known.length === 0 ? '' : ` (${quotedList(known)} ${known.length === 1 ? 'exists' : 'exist'})`}.`,
      related: instead.flatMap((it) => {
        const found = serviceOfHost(canonicalHost(it, service?.namespace), domain) ?? serviceOfHost(canonicalHost(it, service?.namespace));
        return found === undefined
          ? []
          : read
              .services(`${namespaceKey(found.namespace)}/${found.name}`)
              .map((definition) => ({ at: definition, message: `Service "${found.name}" is defined here` }));
      }),
      data: instead,
    };

    /** Kiali is content with a workload whose app is called like the host. */
    function isAppOf(name: string): boolean {
      return APP_LABELS.some((label) =>
        read
          .workloadsByLabel(`${namespaceKey(resource.namespace)}/${label}=${name}`)
          .some((it: { readonly data: Workload }) => APP_LABELS.find((key) => it.data.labels[key] !== undefined) === label),
      );
    }
  },

  fix({ resource, problem, text }) {
    const hosts = problem.data as readonly string[];
    const node = resource.root.get('spec.host')!;
    return hosts.slice(0, 3).map((host) => ({
      title: `Change to "${host}"`,
      preferred: hosts.length === 1,
      edits: [replaceValue(text, node, host)],
    }));
  },
});

import { clusterDomain } from '../../../index/settings.js';
import { displayHost, serviceHost, serviceOfHost } from '../../../model/hosts.js';
import { displayName, namespaceKey } from '../../../model/resource.js';
import { isPlaceholder } from '../../../model/placeholders.js';
import { defineRule, type Evidence, type Problem } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { namespacesOfService } from '../../kubernetes/lookups.js';
import { services, servicesIn } from '../../kubernetes/tables.js';
import { canonicalHost, canUse } from '../hosts.js';
import { statedDestinations, userOf } from '../destinations.js';
import { destinationsOf } from '../kinds/traffic.js';
import { hostInView, isServiceOwner, namespaceInView, ownersOfHost, serviceNames } from '../lookups.js';
import { serviceEntriesIn } from '../tables.js';
import { quotedList } from '../words.js';

interface Data {
  /** Hosts to write instead, the likeliest first. */
  readonly instead: readonly string[];
  /** A host outside the cluster, which a ServiceEntry could declare. */
  readonly external?: string;
  readonly port?: number;
  /** It is there, and not exported to whoever asks. */
  readonly hidden?: true;
}

export const unknownHost = defineRule({
  id: 'istio/unknown-host',
  title: 'Route sends traffic to a host that nothing defines',
  severity: 'error',
  category: 'reference',
  peers: ['IST0101:host', 'KIA1101'],
  effect: 'Requests on this route get 503.',
  why: 'A proxy has clusters only for Services and ServiceEntries that are exported to its namespace. For any other host it has no endpoints, and answers 503 itself.',
  remedy:
    'Correct the name, write the full name of a Service in another namespace, export the host to this namespace, or declare it in a ServiceEntry.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: checkout, namespace: shop }
spec:
  hosts: [checkout]
  http:
  - route:
    - destination: { host: chekcout }
---
apiVersion: v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: checkout, namespace: shop }
spec:
  hosts: [checkout]
  http:
  - route:
    - destination: { host: checkout }
---
apiVersion: v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ['VirtualService'],
  reads: {
    ownersOfHost,
    hostInView,
    namespaceInView,
    serviceNames,
    services,
    servicesIn,
    serviceEntriesIn,
    namespacesOfService,
    clusterDomain,
  },

  *check({ resource, read, stated }) {
    const { destinations, siteOf } = statedDestinations({ resource, stated });
    const user = userOf({ resource, stated });
    for (const destination of destinations) {
      const { host, mirror, port } = destination;
      const owners = read.ownersOfHost(host);
      if (owners.some((it) => canUse(user, it.data))) continue;
      const { at, written } = siteOf(destination).named;
      if (isPlaceholder(written)) continue; // filled in: we cannot know
      const view = read.hostInView(host);
      if (view === 'external') continue;
      const common = {
        at,
        peers: mirror ? ['IST0101:mirror-host'] : ['IST0101:host', 'KIA1101'],
        ...(mirror && { effect: 'Mirrored requests go nowhere.' }),
      };
      const [hidden] = owners;
      if (hidden) {
        const kind = isServiceOwner(hidden) ? 'Service' : 'ServiceEntry';
        const name = isServiceOwner(hidden) ? hidden.data.name : hidden.data.entry;
        yield {
          ...common,
          message: `${kind} "${displayName({ name, namespace: hidden.data.namespace })}" is not exported to ${quotedList(viewersOf(user))}.`,
          related: [{ at: hidden, message: `${kind} "${name}" is exported to ${hidden.data.exportTo.join(', ')} only` }],
          data: { instead: [], hidden: true } satisfies Data,
        };
        continue;
      }

      const service = serviceOfHost(host);
      // Services of that name elsewhere, and names without a domain, are problems of their own.
      if (service && !written.includes('.') && read.namespacesOfService(written).length > 0) continue;
      const [name, place, rest] = written.split('.');
      if (
        !service &&
        place !== undefined &&
        (rest === undefined || written === `${name}.${place}.svc`) &&
        read.services(`${place}/${name}`).length > 0
      )
        continue;
      yield { ...common, ...(service ? inCluster(written, service) : outside(host, port)) };

      function inCluster(name: string, { name: short, namespace }: { name: string; namespace: string | undefined }): Omit<Problem, 'at'> {
        const key = namespaceKey(namespace);
        const near = nearest(short, read.serviceNames(key));
        // Another namespace is a slip only where this one is at hand and lacks the Service.
        const places = near === undefined && view === 'owned' && name.includes('.') ? read.namespacesOfService(short) : [];
        const hosts = near === undefined ? places.map((it) => serviceHost(short, it)) : [serviceHost(near, namespace)];
        const related = hosts.slice(0, 3).flatMap((it): readonly Evidence[] => {
          const found = serviceOfHost(it)!;
          return read
            .services(`${namespaceKey(found.namespace)}/${found.name}`)
            .map((definition) => ({ at: definition, message: `Service "${found.name}" is defined here` }));
        });
        const domain = read.clusterDomain();
        const instead =
          near === undefined
            ? places.map((it) => serviceHost(short, it, domain))
            : [name.includes('.') ? serviceHost(near, namespace, domain) : near];
        return {
          certainty: hosts.length > 0 ? 'near' : view === 'owned' ? 'owned' : 'unseen',
          message: sentence(
            displayHost(host),
            hosts.map((it) => displayHost(it)),
            hosts.length === 0 && view === 'owned',
          ),
          related,
          data: { instead } satisfies Data,
        };
      }

      function outside(name: string, port: number | undefined): Omit<Problem, 'at'> {
        const entries = read.serviceEntriesIn(namespaceKey(resource.namespace));
        const near = nearest(
          name,
          entries.map((it) => it.data.host),
        );
        // `cart.shop` is no host of the cluster, but where "shop" is at hand it was surely meant as one.
        const [, second, third] = name.split('.');
        const owned = second !== undefined && third === undefined && read.namespaceInView(second);
        return {
          certainty: near !== undefined ? 'near' : owned ? 'owned' : 'unseen',
          message: sentence(name, near === undefined ? [] : [near], near === undefined && owned),
          related: entries
            .filter((it) => it.data.host === near)
            .map((it) => ({ at: it, message: `ServiceEntry "${it.data.entry}" defines it here` })),
          data: {
            instead: near === undefined ? [] : [near],
            ...(near === undefined && !owned && !name.includes('*') && { external: name }),
            ...(port !== undefined && { port }),
          } satisfies Data,
        };
      }
    }
  },

  fix({ resource, problem, text }) {
    const { instead, external, port, hidden } = problem.data as Data;
    const node = destinationsOf(resource)
      .map((it) => it.named?.at)
      .find((it) => it?.start === problem.at.start);
    if (node === undefined) return [];
    const changes = instead.slice(0, 3).map((host) => ({
      title: `Change to "${host}"`,
      preferred: instead.length === 1,
      edits: [replaceValue(text, node, host)],
    }));
    const host = canonicalHost(node.text() ?? '', resource.namespace);
    return [
      ...changes,
      ...(external === undefined
        ? []
        : [{ title: `Create ServiceEntry for "${external}"`, edits: [{ appendDocument: entryFor(external, resource.namespace, port) }] }]),
      ...(hidden === true
        ? []
        : [
            {
              title: `Declare "${displayHost(host)}" as external (.meshwright.yaml)`,
              edits: [],
              setting: { list: 'external', item: host },
            },
          ]),
    ];
  },
});

function sentence(host: string, near: readonly string[], owned: boolean): string {
  const exists = near.length === 0 ? '' : ` (${quotedList(near)} ${near.length === 1 ? 'exists' : 'exist'})`;
  return `No Service or ServiceEntry${owned ? ' in this workspace' : ''} defines "${host}"${exists}.`;
}

function viewersOf({ namespace, exportTo }: { namespace: string | undefined; exportTo: readonly string[] }): readonly string[] {
  const own = namespace ?? 'this namespace';
  return exportTo.length === 0 || exportTo.includes('*') ? [own] : exportTo.map((it) => (it === '.' ? own : it));
}

function entryFor(host: string, namespace: string | undefined, port: number | undefined): string {
  const plain = port === 80 || port === 8080;
  return `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: ${host.toLowerCase().replace(/[^a-z0-9]+/g, '-')}
${namespace === undefined ? '' : `  namespace: ${namespace}\n`}spec:
  hosts:
  - ${host}
  location: MESH_EXTERNAL
  resolution: DNS
  ports:
  - number: ${port ?? 443}
    name: ${plain ? 'http' : 'https'}
    protocol: ${plain ? 'HTTP' : 'HTTPS'}
`;
}

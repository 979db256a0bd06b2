import { settings } from '../../../index/settings.js';
import { displayName, namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { services, type Service, type ServicePort } from '../../kubernetes/tables.js';
import { clustersOfFile, fileOf } from '../clusters.js';
import { quotedList } from '../words.js';

export const inconsistentMulticlusterService = defineRule({
  id: 'istio/inconsistent-multicluster-service',
  title: 'A Service is not the same in all clusters of the mesh',
  severity: 'warning',
  category: 'semantics',
  peers: ['IST0170'],
  effect: 'Calls may work in one cluster and fail in another.',
  why: 'Across clusters, Services of one name and namespace are one host with endpoints everywhere. Proxies take ports, type and headless mode of one of them for all.',
  remedy: 'Give the Service the same type, cluster IP mode and ports in each cluster, or another name where it is something else.',
  otherTools:
    'Which files belong to which cluster is told by `--cluster NAME=FILE,…` or the setting `clusters`; without it there is one cluster.',
  example: {
    settings: { clusters: { east: ['east/**'], west: ['west/**'] } },
    bad: `
# file: east/cart.yaml
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
# file: west/cart.yaml
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 8080 }] }
`,
    good: `
# file: east/cart.yaml
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
# file: west/cart.yaml
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ['Service'],
  reads: { services, settings, clustersOfFile },

  *check({ resource, read }) {
    if (read.settings()['clusters'] === undefined) return;
    const here = read.clustersOfFile(resource.uri);
    if (here.length === 0) return;
    const all = read.services(`${namespaceKey(resource.namespace)}/${resource.name}`);
    const own = all.find((it) => it.resource === resource.id);
    if (!own || own.data.incomplete) return;
    for (const other of all) {
      const there = read.clustersOfFile(fileOf(other.resource)).filter((it) => !here.includes(it));
      const difference = other.data.incomplete || there.length === 0 ? undefined : differenceOf(own.data, other.data);
      if (difference === undefined) continue;
      yield {
        at: resource.root.get('metadata.name') ?? resource.root,
        message: `Service "${displayName(resource)}" ${difference} in cluster ${quotedList(there)}.`,
        related: [{ at: other, message: `"${resource.name}" of ${quotedList(there)} is defined here` }],
      };
      return;
    }
  },
});

/** What tells two Services apart, as the end of "Service … in cluster …". */
function differenceOf(one: Service, two: Service): string | undefined {
  if (one.headless !== two.headless) return two.headless ? 'is headless' : 'has a cluster IP';
  if (one.serviceType !== two.serviceType) return `is of type ${two.serviceType}`;
  return portsText(one.ports) === portsText(two.ports) ? undefined : 'has other ports';
}

function portsText(ports: readonly ServicePort[]): string {
  const lines = ports.map(({ name, number, protocol, appProtocol, targetPort }) =>
    JSON.stringify([name, number, protocol, appProtocol, targetPort ?? number]),
  );
  return lines.sort().join();
}

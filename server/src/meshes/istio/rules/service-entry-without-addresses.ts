import { defineRule } from '../../../rules/rule.js';
import { field, meshConfig } from '../mesh-config.js';
import { serviceEntryHosts } from '../tables.js';

export const serviceEntryWithoutAddresses = defineRule({
  id: 'istio/service-entry-without-addresses',
  title: 'TCP port of a ServiceEntry that has no addresses',
  severity: 'info',
  category: 'pitfall',
  peers: ['IST0134', 'IST0133'],
  effect: 'Clients without DNS capture send it all traffic to that port.',
  why: 'Bytes on a TCP port name no host, so the proxy goes by the address. Without one the entry listens for every address on its port, and two such entries share it. Istio allocates addresses of its own, but only clients with DNS capture (and ambient) see them.',
  remedy: 'Add addresses, or turn DNS capture on.',
  otherTools: 'istioctl analyze warns of it whether addresses are allocated or not.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: db, namespace: shop }
spec:
  hosts: [db.example.com]
  resolution: DNS
  ports: [{ number: 5432, name: tcp-db, protocol: TCP }]
`,
    good: `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: db, namespace: shop }
spec:
  hosts: [db.example.com]
  addresses: [192.0.2.10]
  resolution: DNS
  ports: [{ number: 5432, name: tcp-db, protocol: TCP }]
`,
  },

  kinds: ['ServiceEntry'],
  reads: { meshConfig },

  *check({ resource, read, stated }) {
    const own = stated(serviceEntryHosts)?.data;
    if (own?.ports.every(({ protocol = '' }) => protocol !== '' && protocol.toUpperCase() !== 'TCP') === true) return;
    const { root } = resource;
    if (resource.partial || root.partial || root.map('spec')?.partial) return;
    if (root.has('spec.addresses') || root.list('status.addresses.*').length > 0) return;
    const metadata = field(field(read.meshConfig().raw, 'defaultConfig'), 'proxyMetadata');
    const isOn = (name: string) => [true, 'true'].includes(field(metadata, name) as boolean | string);
    if (isOn('ISTIO_META_DNS_CAPTURE') && (isOn('ISTIO_META_DNS_AUTO_ALLOCATE') || isOn('PILOT_ENABLE_IP_AUTOALLOCATE'))) return;
    // Without an address of its own making, Istio's webhook warns, too.
    const resolution = root.has('spec.resolution') ? root.text('spec.resolution') : 'NONE';
    const optOut =
      root.map('metadata.labels')?.entry('networking.istio.io/enable-autoallocate-ip')?.value.text()?.toLowerCase() === 'false';
    const isAllocated = resolution !== 'NONE' && !optOut;
    for (const port of root.list('spec.ports.*')) {
      const protocol = port.get('protocol');
      const written = protocol?.text();
      if (protocol !== undefined && written === undefined && port.has('protocol')) continue; // a template
      if (written !== undefined && written !== '' && written.toUpperCase() !== 'TCP') continue;
      const at = port.get('name') ?? port.get('number');
      if (at === undefined) continue;
      const number = port.number('number');
      yield {
        at,
        // The webhook reads the protocol as it is written.
        ...((isAllocated || (written ?? '') !== (written ?? '').toUpperCase()) && { peers: ['IST0134'] }),
        ...(!isAllocated && { severity: 'warning' as const }),
        message: `Port ${number ?? `"${port.text('name') ?? ''}"`} is TCP, and this ServiceEntry has no addresses.`,
      };
    }
  },
});

import { defineRule } from '../../../rules/rule.js';
import { isSurelySet, lacksText, placeOfKey } from '../validation/values.js';

export const workloadWithoutAddress = defineRule({
  id: 'istio/workload-without-address',
  title: 'Endpoint with a network and no address',
  severity: 'warning',
  category: 'schema',
  peers: ['IST0133'],
  effect: 'Calls reach it through a gateway of that network, or not at all.',
  why: 'Without an address of its own, an endpoint stands for whatever is behind the east-west gateways of its network, which only multi-network meshes have.',
  remedy: 'Add the address, unless the network has a gateway.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: { name: cart, namespace: shop }
spec: { network: vm-network, labels: { app: cart } }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: { name: cart, namespace: shop }
spec: { address: 192.0.2.10, network: vm-network, labels: { app: cart } }
`,
  },

  mentions: ['network'],
  kinds: ['WorkloadEntry', 'ServiceEntry'],
  reads: {},

  *check({ resource }) {
    const { root, kind } = resource;
    if (kind === 'ServiceEntry' && root.text('spec.resolution') !== 'STATIC') return;
    for (const endpoint of root.list(kind === 'WorkloadEntry' ? 'spec' : 'spec.endpoints.*')) {
      if (isSurelySet(endpoint, 'network') && lacksText(resource, endpoint, 'address'))
        yield { at: placeOfKey(root, endpoint, 'network'), message: 'This endpoint has a network and no address.' };
    }
  },
});

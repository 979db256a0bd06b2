import { defineRule } from '../../../rules/rule.js';
import { displayName } from '../../../model/resource.js';
import { placeOfName } from '../places.js';
import { allRequestAuthentications } from '../tables.js';

const VARIABLE = 'BLOCKED_CIDRS_IN_JWKS_URIS';

export const jwksFetchUnrestricted = defineRule({
  id: 'istio/jwks-fetch-unrestricted',
  title: 'istiod fetches keys from any address that a policy names',
  severity: 'warning',
  category: 'policy',
  peers: ['IST0175'],
  effect: 'A policy can make istiod call addresses inside the cluster.',
  why: 'istiod fetches the jwksUri of each RequestAuthentication itself. Who may write one can let it call metadata services and internal addresses, unless BLOCKED_CIDRS_IN_JWKS_URIS forbids them.',
  remedy: 'Set BLOCKED_CIDRS_IN_JWKS_URIS on istiod.',
  example: {
    bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { app: istiod } }
spec:
  selector: { matchLabels: { app: istiod } }
  template:
    metadata: { labels: { app: istiod } }
    spec: { containers: [{ name: discovery, image: example.org/pilot:1 }] }
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: login, namespace: shop }
spec: {}
`,
    good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { app: istiod } }
spec:
  selector: { matchLabels: { app: istiod } }
  template:
    metadata: { labels: { app: istiod } }
    spec:
      containers:
      - name: discovery
        image: example.org/pilot:1
        env: [{ name: BLOCKED_CIDRS_IN_JWKS_URIS, value: "169.254.0.0/16,10.0.0.0/8" }]
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: login, namespace: shop }
spec: {}
`,
  },

  mentions: ['istiod'],
  workspaceMentions: ['RequestAuthentication'],
  kinds: ['Deployment'],
  reads: { allRequestAuthentications },

  *check({ resource, read }) {
    if (resource.labels.get('app') !== 'istiod' || resource.partial) return;
    const variables = resource.root.list('spec.template.spec.containers.*.env.*');
    if (variables.some((it) => it.text('name') === VARIABLE && (it.has('valueFrom') || it.text('value') !== ''))) return;
    const policies = read.allRequestAuthentications('');
    if (policies.length === 0) return;
    const names = [...new Set(policies.map((it) => displayName(it.data)))].sort();
    yield {
      at: placeOfName(resource),
      message: `${names.length === 1 ? `RequestAuthentication "${names[0]}" is` : `${names.length} RequestAuthentications are`} here, and ${VARIABLE} is not set.`,
      related: policies.slice(0, 5).map((it) => ({ at: it, message: `RequestAuthentication "${displayName(it.data)}"` })),
    };
  },
});

import { insertEntry } from '../../../yaml/edit.js';
import type { Definition } from '../../../model/facts.js';
import { serviceHost } from '../../../model/hosts.js';
import { displayName } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { podTemplateOf } from '../../kubernetes/pod-templates.js';
import { services, workloadKey, type Service, type Workload } from '../../kubernetes/tables.js';
import { injectionOf } from '../injection.js';
import { workloadsOfHost } from '../lookups.js';
import { serverMtlsOf, type ServerMtls } from '../mtls.js';

export const strictMtlsRefusesCaller = defineRule({
  id: 'istio/strict-mtls-refuses-caller',
  title: 'Workload without sidecar calls a Service that takes mTLS only',
  severity: 'info',
  category: 'pitfall',
  effect: 'Its calls are refused.',
  why: 'A STRICT port takes connections with a certificate of the mesh only. A workload without a proxy has none: its connections are reset, by the name of the Service as by the address of a pod. Which Services a workload calls is read from the addresses in its environment variables.',
  remedy: 'Inject a sidecar into the caller, or leave the port PERMISSIVE until it has one.',
  example: { bad: example('disabled'), good: example('enabled') },

  kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'],
  reads: { injectionOf, services, workloadsOfHost, serverMtlsOf },

  *check({ resource, read }) {
    const { namespace } = resource;
    // Most workloads have a sidecar, which facts tell: their documents need not be read again.
    const own = namespace === undefined ? undefined : read.injectionOf(workloadKey(resource));
    if (namespace === undefined || own === undefined || own.state !== 'none' || own.why === 'ignored-namespace') return;
    const pods = podTemplateOf(resource);
    if (!pods || pods.specOpen) return;
    const values = (pods.spec?.list('containers.*.env.*.value') ?? []).flatMap((at) => {
      const address = addressIn(at.text() ?? '', namespace);
      return address ? [{ at, address }] : [];
    });
    for (const { at, address } of values) {
      const [service] = read.services(`${address.namespace}/${address.name}`);
      const behind = service && read.workloadsOfHost(serviceHost(address.name, address.namespace));
      if (!service || service.data.incomplete || !behind || behind.length === 0) continue;
      const policies = behind.map((it) => strictPolicy(it, service.data, address.port, read));
      const policy = policies[0];
      if (policy === undefined || policies.some((it) => it === undefined)) continue;
      yield {
        at,
        message: `${resource.kind} "${resource.name}" has no sidecar, and "${address.name}.${address.namespace}" takes mTLS only.`,
        related: [
          { at: policy, message: `PeerAuthentication "${displayName(policy.data)}" is STRICT` },
          { at: service, message: `Service "${displayName(service.data)}" is defined here` },
          ...(own.decidedBy && own.decidedBy.resource !== resource.id
            ? [{ at: own.decidedBy, message: 'This decides that no sidecar is injected' }]
            : []),
        ],
      };
    }
  },

  fix({ resource, read, text }) {
    const labels = podTemplateOf(resource)?.labels;
    // No label of a pod goes before a Namespace that is switched off.
    if (!labels || read.injectionOf(workloadKey(resource)).why !== 'namespace-unlabelled') return [];
    if (labels.entry('sidecar.istio.io/inject')) return [];
    return [
      {
        title: 'Label the pods with sidecar.istio.io/inject: "true"',
        edits: [insertEntry(text, labels, 'sidecar.istio.io/inject', '"true"')],
      },
    ];
  },
});

interface Address {
  readonly name: string;
  readonly namespace: string;
  readonly port: number | undefined;
}

const USUAL_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443 };

/** The Service that an address of a URL, or `host:port`, means in a namespace, by the rules of cluster DNS. */
function addressIn(value: string, namespace: string): Address | undefined {
  const match = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:[^@/\s]*@)?([a-z0-9-]+(?:\.[a-z0-9-]+)*)\.?(?::(\d{1,5}))?(?:[/?].*)?$/i.exec(value);
  if (!match) return undefined;
  const [, scheme, host = '', port] = match;
  const [name = '', second, third] = host.split('.');
  // One word without scheme or port may be anything.
  if (scheme === undefined && port === undefined && third !== 'svc') return undefined;
  if (third !== undefined && third !== 'svc') return undefined;
  return { name, namespace: second ?? namespace, port: port === undefined ? USUAL_PORTS[scheme ?? ''] : Number(port) };
}

/** The policy that makes every port which an address may mean STRICT on a workload; undefined where one is open, or nobody can tell. */
function strictPolicy(
  workload: Definition<Workload>,
  service: Service,
  port: number | undefined,
  read: { readonly injectionOf: (key: string) => { readonly state: string }; readonly serverMtlsOf: (key: string) => ServerMtls },
): ServerMtls['policy'] {
  const key = workloadKey(workload.data);
  const { mode, policy, ports } = read.serverMtlsOf(key);
  if (mode !== 'STRICT' || read.injectionOf(key).state !== 'injected') return undefined;
  const { annotations } = workload.data;
  if (Object.keys(annotations).some((it) => /InboundPorts$|interceptionMode$/.test(it))) return undefined;
  const meant = service.ports.filter((it) => port === undefined || it.number === port);
  if (meant.length === 0) return undefined;
  if (Object.keys(ports).length === 0) return policy;
  const targets = meant.map((it) => it.targetPort ?? it.number);
  return targets.every((it) => typeof it === 'number' && (ports[String(it)] ?? 'STRICT') === 'STRICT') ? policy : undefined;
}

function example(injection: string): string {
  return `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: ${injection} } }
---
apiVersion: v1
kind: Namespace
metadata: { name: payments, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: checkout, namespace: shop }
spec:
  selector: { matchLabels: { app: checkout } }
  template:
    metadata: { labels: { app: checkout } }
    spec:
      containers:
      - name: checkout
        image: example.org/checkout:1
        env: [{ name: PAYMENT_URL, value: "http://payment.payments:8080/charge" }]
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: payments }
spec: { mtls: { mode: STRICT } }
---
apiVersion: v1
kind: Service
metadata: { name: payment, namespace: payments }
spec: { selector: { app: payment }, ports: [{ name: http, port: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: payment, namespace: payments }
spec:
  selector: { matchLabels: { app: payment } }
  template:
    metadata: { labels: { app: payment } }
    spec: { containers: [{ name: payment, image: example.org/payment:1, ports: [{ containerPort: 8080 }] }] }
`;
}

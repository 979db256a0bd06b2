import { workloadKey } from '../../kubernetes/tables.js';
import type { Definition } from '../../../model/facts.js';
import { displayHost, serviceOfHost } from '../../../model/hosts.js';
import { namespaceKey } from '../../../model/resource.js';
import { selects, type Labels } from '../../../model/selectors.js';
import { defineRule, type Fix } from '../../../rules/rule.js';
import type { TextEdit } from '../../../text/edit.js';
import { removeEntry, removeItem, replaceValue } from '../../../yaml/edit.js';
import type { YamlNode } from '../../../yaml/node.js';
import type { ServicePort, Workload } from '../../kubernetes/tables.js';
import { canonicalHost } from '../hosts.js';
import { injectionOf } from '../injection.js';
import { labelsAt } from '../kinds/shared.js';
import { isServiceOwner, ownersOfHost, workloadsOfHost } from '../lookups.js';
import { meshConfig } from '../mesh-config.js';
import { modeOfNamespace, serverMtlsOf, type ServerMtls } from '../mtls.js';
import type { PeerAuthenticationFacts } from '../tables.js';

export const plaintextToStrict = defineRule({
  id: 'istio/plaintext-to-strict',
  title: 'DestinationRule turns mTLS off towards workloads that demand it',
  severity: 'error',
  category: 'semantics',
  effect: 'Calls get 503.',
  why: 'The client side of a connection does what the DestinationRule says, the server side what the PeerAuthentication says. A STRICT server resets every connection that does not start with mTLS.',
  remedy: 'Use ISTIO_MUTUAL, or remove "tls": sidecars then choose mTLS by themselves.',
  otherTools: 'Kiali looks at rules for whole namespaces and for the mesh only.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: payment, namespace: payments }
spec:
  host: payment
  trafficPolicy:
    tls: { mode: DISABLE }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: payments }
spec:
  mtls: { mode: STRICT }
---
apiVersion: v1
kind: Service
metadata: { name: payment, namespace: payments }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: payment, namespace: payments }
spec:
  host: payment
  trafficPolicy:
    tls: { mode: ISTIO_MUTUAL }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: payments }
spec:
  mtls: { mode: STRICT }
---
apiVersion: v1
kind: Service
metadata: { name: payment, namespace: payments }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  mentions: ['DISABLE', 'SIMPLE'],
  kinds: ['DestinationRule'],
  reads: { meshConfig, modeOfNamespace, serverMtlsOf, injectionOf, ownersOfHost, workloadsOfHost },

  *check({ resource, read }) {
    const written = resource.root.text('spec.host');
    if (written === undefined) return;
    const host = canonicalHost(written, resource.namespace);
    for (const setting of tlsSettings(resource.root)) {
      const mode = setting.mode.text();
      if (mode !== 'DISABLE' && mode !== 'SIMPLE') continue;
      const strict = strictPolicy(host, setting);
      if (strict === undefined) continue;
      const { policy, whom } = strict;
      yield {
        at: setting.mode,
        peers: mode === 'DISABLE' && !setting.ofPort ? kialiCodes(host, resource.namespace, policy.data.namespace) : [],
        message: `This DestinationRule ${mode === 'DISABLE' ? 'sends plaintext' : 'starts TLS of its own'} to ${whom}, which is STRICT.`,
        related: [{ at: policy, message: `PeerAuthentication "${policy.data.name}" makes it STRICT here` }],
      };
    }

    function strictPolicy(
      target: string,
      { port, subset }: TlsSetting,
    ): { policy: Definition<PeerAuthenticationFacts>; whom: string } | undefined {
      if (target.startsWith('*')) {
        const namespace = /^\*\.([^.*]+)\.svc\.cluster\.local$/.exec(target)?.[1];
        if (namespace === undefined && !'.svc.cluster.local'.endsWith(target.slice(1))) return undefined;
        const { mode, policy } = read.modeOfNamespace(namespace ?? read.meshConfig().rootNamespace);
        if (mode !== 'STRICT' || !policy) return undefined;
        return { policy, whom: namespace === undefined ? 'every service of the mesh' : `every service of "${namespace}"` };
      }
      const service = serviceOfHost(target);
      const owners = read.ownersOfHost(target).filter(isServiceOwner);
      if (!service || owners.length === 0) return undefined;
      const whom = `"${displayHost(target)}${port === undefined ? '' : `:${port}`}"`;
      const workloads = (read.workloadsOfHost(target) ?? []).filter((it) => selects(subset, it.data.labels));
      if (workloads.length === 0) {
        const { mode, policy } = read.modeOfNamespace(namespaceKey(service.namespace));
        return mode === 'STRICT' && policy ? { policy, whom } : undefined;
      }
      const ports = owners.flatMap((it) => it.data.ports).filter((it) => port === undefined || it.number === port);
      for (const { data: workload } of workloads) {
        // Without a proxy nobody enforces the policy.
        if (read.injectionOf(workloadKey(workload)).state === 'none') continue;
        const mtls = read.serverMtlsOf(workloadKey(workload));
        if (mtls.policy && ports.some((it) => modeOnPort(mtls, it, workload) === 'STRICT')) return { policy: mtls.policy, whom };
      }
      return undefined;
    }
  },

  fix({ resource, problem, text }) {
    const setting = tlsSettings(resource.root).find((it) => it.mode.start === problem.at.start);
    if (setting === undefined) return [];
    const fixes: Fix[] = [];
    // Certificates that SIMPLE needs are refused beside ISTIO_MUTUAL.
    if (setting.mode.text() === 'DISABLE')
      fixes.push({ title: 'Change to ISTIO_MUTUAL', preferred: true, edits: [replaceValue(text, setting.mode, 'ISTIO_MUTUAL')] });
    const edit = removalOf(text, resource.root, setting);
    if (edit) fixes.push({ title: 'Remove "tls"', edits: [edit] });
    return fixes;
  },
});

/** Takes `tls` away, with all around it that would be left empty: Istio refuses empty policies. */
function removalOf(text: string, root: YamlNode, { holder, ofPort }: TlsSetting): TextEdit | undefined {
  if (holder.type !== 'map') return undefined;
  if (holder.entries.some((it) => it.key !== 'tls' && !(ofPort && it.key === 'port'))) return removeEntry(text, holder, 'tls');
  const owners = [...root.list('spec'), ...root.list('spec.subsets.*')];
  const owner = owners.find((it) => {
    const policy = it.get('trafficPolicy');
    return policy === holder || policy?.list('portLevelSettings.*').includes(holder) === true;
  });
  const policy = owner?.get('trafficPolicy');
  if (owner?.type !== 'map' || policy?.type !== 'map') return undefined;
  const settings = policy.get('portLevelSettings');
  if (ofPort && settings?.type === 'list' && settings.items.length > 1) return removeItem(text, settings, settings.items.indexOf(holder));
  return ofPort && policy.entries.length > 1 ? removeEntry(text, policy, 'portLevelSettings') : removeEntry(text, owner, 'trafficPolicy');
}

interface TlsSetting {
  readonly mode: YamlNode;
  /** The map that holds `tls`. */
  readonly holder: YamlNode;
  readonly port: number | undefined;
  readonly ofPort: boolean;
  /** Labels of the subset that it is for; empty: for all of the host. */
  readonly subset: Labels;
}

function tlsSettings(root: YamlNode): readonly TlsSetting[] {
  const found: TlsSetting[] = [];
  const policies = [
    ...root.list('spec.trafficPolicy').map((policy) => ({ policy, subset: {} })),
    ...root
      .list('spec.subsets.*')
      .flatMap((it) => it.list('trafficPolicy').map((policy) => ({ policy, subset: labelsAt(it, 'labels') ?? {} }))),
  ];
  for (const { policy, subset } of policies) {
    const mode = policy.get('tls.mode');
    if (mode) found.push({ mode, holder: policy, port: undefined, ofPort: false, subset });
    for (const setting of policy.list('portLevelSettings.*')) {
      const portMode = setting.get('tls.mode');
      const port = setting.number('port.number');
      if (portMode && port !== undefined) found.push({ mode: portMode, holder: setting, port, ofPort: true, subset });
    }
  }
  return found;
}

/** What a workload asks for on the container port behind a service port. */
function modeOnPort(mtls: ServerMtls, { number, targetPort }: ServicePort, workload: Workload): string | undefined {
  const target =
    typeof targetPort === 'string'
      ? workload.containers.flatMap((it) => it.ports).find((it) => it.name === targetPort)?.number
      : (targetPort ?? number);
  return target !== undefined && String(target) in mtls.ports ? mtls.ports[String(target)] : mtls.mode;
}

function kialiCodes(host: string, ruleNamespace: string | undefined, policyNamespace: string | undefined): readonly string[] {
  if (host === '*.local') return ['KIA0208'];
  if (ruleNamespace === undefined || host !== `*.${ruleNamespace}.svc.cluster.local`) return [];
  return policyNamespace === ruleNamespace ? ['KIA0207'] : ['KIA0208'];
}

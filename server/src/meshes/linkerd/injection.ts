import { defineLookup } from '../../index/tables.js';
import type { Definition } from '../../model/facts.js';
import type { Site } from '../../model/resource.js';
import { namespaceNamed } from '../kubernetes/lookups.js';
import { workloadKey, workloads, workloadsByLabel, type NamespaceFacts, type Workload } from '../kubernetes/tables.js';
import { namespaceInjectionMarks, podInjectionMarks } from './tables.js';

export const INJECT = 'linkerd.io/inject';
export const INJECT_VALUES: readonly string[] = ['enabled', 'disabled', 'ingress'];
/** Label of a Namespace that keeps every webhook of Linkerd away. */
export const WEBHOOKS_LABEL = 'config.linkerd.io/admission-webhooks';
/** Namespaces that the injector leaves alone as it is installed. */
export const EXCLUDED_NAMESPACES: readonly string[] = ['kube-system', 'cert-manager'];

/** Whether a workload's pods get a proxy, and what decides it. */
export interface Injection {
  /** `unknown`: the files at hand do not tell. */
  readonly state: 'injected' | 'none' | 'unknown';
  readonly why:
    | 'own-proxy'
    | 'host-network'
    | 'excluded-namespace'
    | 'webhooks-disabled'
    | 'namespace'
    | 'namespace-value'
    | 'namespace-silent'
    | 'pod'
    | 'pod-disabled'
    | 'pod-value'
    | 'namespace-not-at-hand';
  /** `ingress`: the proxy routes by the address that a request was sent to. */
  readonly mode: 'plain' | 'ingress';
  readonly decidedBy: Site | undefined;
}

/** Whether a value of `linkerd.io/inject` turns injection on. */
export function isOn(value: string | undefined): boolean {
  return value === 'enabled' || value === 'ingress';
}

/** Whether a value is set, and none that the injector knows: that turns injection off. */
export function isUnknownValue(value: string | undefined): boolean {
  return value !== undefined && value !== '' && !INJECT_VALUES.includes(value);
}

/** What the Namespace resources of a name say; undefined where none is at hand, or two of them disagree. */
export const namespaceInjection = defineLookup<Definition<NamespaceFacts> | undefined>('linkerd/namespaceInjection', (look, name) => {
  const found = look.get(namespaceNamed, name);
  const first = found[0];
  const said = ({ data }: Definition<NamespaceFacts>): string => `${data.annotations[INJECT]}|${data.labels[WEBHOOKS_LABEL]}`;
  return first && found.every((it) => !it.data.incomplete && said(it) === said(first)) ? first : undefined;
});

/** Injection of a workload, by its key. */
export const injectionOf = defineLookup<Injection>('linkerd/injectionOf', (look, key) => {
  const definition = look.get(workloads, key)[0];
  if (!definition) return { state: 'unknown', why: 'namespace-not-at-hand', mode: 'plain', decidedBy: undefined };
  const { namespace } = definition.data;
  const found = injection(definition.data, namespace === undefined ? undefined : look.get(namespaceInjection, namespace));
  return { ...found, decidedBy: siteOf() };

  function siteOf(): Site | undefined {
    const site = (it: Definition | undefined): Site | undefined => it && { resource: it.resource, range: it.range };
    switch (found.why) {
      case 'pod':
      case 'pod-disabled':
      case 'pod-value':
        return site(look.get(podInjectionMarks, key)[0] ?? definition);
      case 'own-proxy':
      case 'host-network':
        return site(definition);
      case 'namespace-not-at-hand':
        return undefined;
      default:
        return namespace === undefined
          ? undefined
          : site(look.get(namespaceInjectionMarks, namespace)[0] ?? look.get(namespaceNamed, namespace)[0]);
    }
  }
});

/** The decision itself, for a workload whose Namespace is known or not. */
export function injection(workload: Workload, place: Definition<NamespaceFacts> | undefined): Omit<Injection, 'decidedBy'> {
  const { annotations, namespace } = workload;
  const value = annotations[INJECT] === '' ? undefined : annotations[INJECT];
  const around = place?.data.annotations[INJECT];
  const mode = (value ?? around) === 'ingress' ? 'ingress' : 'plain';
  const decided = (state: Injection['state'], why: Injection['why']) => ({ state, why, mode }) as const;

  if (workload.containers.some((it) => it.name === 'linkerd-proxy')) return decided('injected', 'own-proxy');
  if (workload.incomplete) return decided('unknown', 'namespace-not-at-hand');
  if (workload.hostNetwork) return decided('none', 'host-network');
  if (namespace !== undefined && EXCLUDED_NAMESPACES.includes(namespace)) return decided('none', 'excluded-namespace');
  if (place?.data.labels[WEBHOOKS_LABEL] === 'disabled') return decided('none', 'webhooks-disabled');
  if (isUnknownValue(around)) return decided('none', 'namespace-value');
  if (isUnknownValue(value)) return decided('none', 'pod-value');
  if (value === 'disabled') return decided('none', 'pod-disabled');
  if (isOn(value)) return decided('injected', 'pod');
  if (place === undefined) return decided('unknown', 'namespace-not-at-hand');
  return isOn(around) ? decided('injected', 'namespace') : decided('none', 'namespace-silent');
}

/** Workloads that certainly run without a proxy, the first three of any namespace; what a cluster brings itself is left out. */
export const unmeshedAnywhere = defineLookup<readonly Definition<Workload>[]>('linkerd/unmeshedAnywhere', (look) => {
  const found: Definition<Workload>[] = [];
  for (const it of look.get(workloadsByLabel, '*/')) {
    if (it.data.namespace === 'kube-system' || look.get(injectionOf, workloadKey(it.data)).state !== 'none') continue;
    if (found.push(it) === 3) break;
  }
  return found;
});

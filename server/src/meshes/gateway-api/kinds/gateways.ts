import type { Emit } from '../../../model/kind.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import { toLabels } from '../../../model/selectors.js';
import type { YamlNode } from '../../../yaml/node.js';
import { hasOpaque, isOpen } from '../../kubernetes/fields.js';
import { labelSelectorIn } from '../../kubernetes/label-selectors.js';
import { gatewayClassNamed, gatewaysNamed } from '../lookups.js';
import { EXPERIMENTAL_GROUP, GROUP, parentOfListenerSet } from '../references.js';
import {
  allGatewayClasses,
  gatewayClasses,
  gateways,
  gatewaysAtAddress,
  gatewaysByName,
  gatewaysIn,
  listeners,
  listenerSets,
  listenerSetsByName,
  listenerSetsIn,
  listenersOnHost,
  type GatewayFacts,
  type ListenerFacts,
} from '../tables.js';
import { gatewayApiKind, keyOf, referCertificates } from './shared.js';

export const gatewayClass = gatewayApiKind(
  'GatewayClass',
  ['v1', 'v1beta1'],
  (resource, emit) => {
    if (resource.name === '') return;
    const at = resource.root.get('metadata.name')!;
    const facts = { name: resource.name, controller: resource.root.text('spec.controllerName') };
    emit.define(gatewayClasses, resource.name, at, facts);
    emit.define(allGatewayClasses, '', at, facts);
  },
  { namespaced: false, plural: 'gatewayclasses', shortNames: ['gc'] },
);

export const gateway = gatewayApiKind(
  'Gateway',
  ['v1', 'v1beta1'],
  (resource, emit) => {
    const className = resource.root.get('spec.gatewayClassName');
    if (className?.text()) emit.refer(gatewayClassNamed, className.text()!, className);
    referCertificates(resource, emit);
    const facts = holderIn(resource, 'Gateway');
    if (!facts) return;
    const at = resource.root.get('metadata.name')!;
    emit.define(gateways, keyOf(facts), at, facts);
    emit.define(gatewaysByName, facts.name, at, facts);
    emit.define(gatewaysIn, namespaceKey(facts.namespace), at, facts);
    for (const address of new Set(facts.addresses)) emit.define(gatewaysAtAddress, address, resource.root.get('spec.addresses')!, facts);
    defineListeners(resource, facts, emit);
  },
  { shortNames: ['gtw'] },
);

function extractListenerSet(resource: Resource, emit: Emit): void {
  const parent = parentOfListenerSet(resource);
  if (parent?.kind === 'Gateway' && parent.group === GROUP) emit.refer(gatewaysNamed, keyOf(parent), parent.nameNode);
  referCertificates(resource, emit);
  const facts = holderIn(resource, 'ListenerSet');
  if (!facts) return;
  const at = resource.root.get('metadata.name')!;
  emit.define(listenerSets, keyOf(facts), at, facts);
  emit.define(listenerSetsByName, facts.name, at, facts);
  emit.define(listenerSetsIn, namespaceKey(facts.namespace), at, facts);
  defineListeners(resource, facts, emit);
}

export const listenerSet = gatewayApiKind('ListenerSet', ['v1'], extractListenerSet, { shortNames: ['lset'] });
export const xListenerSet = gatewayApiKind('XListenerSet', ['v1alpha1'], extractListenerSet, {
  group: EXPERIMENTAL_GROUP,
  shortNames: ['lset'],
});

function holderIn(resource: Resource, kind: string): GatewayFacts | undefined {
  const { root, name, namespace } = resource;
  if (name === '') return undefined;
  return {
    kind,
    name,
    namespace,
    className: root.text('spec.gatewayClassName'),
    labels: toLabels(resource.labels),
    listeners: root.list('spec.listeners.*').map(listenerIn),
    setsFrom: root.has('spec.allowedListeners.namespaces.from') ? root.text('spec.allowedListeners.namespaces.from') : 'None',
    setsSelector: labelSelectorIn(root.get('spec.allowedListeners.namespaces.selector')),
    addresses: root.list('spec.addresses.*').flatMap((it) => it.text('value') || []),
    incomplete: isOpen(resource) || root.map('spec') === undefined || isPartialList(root.get('spec.listeners')),
  };
}

function isPartialList(node: YamlNode | undefined): boolean {
  return node?.type === 'list' ? node.partial : node?.type === 'scalar' && node.opaque;
}

function listenerIn(node: YamlNode): ListenerFacts {
  const admission = node.get('allowedRoutes.namespaces.from') ?? node.get('allowedRoutes');
  const from = node.get('allowedRoutes.namespaces.from');
  return {
    name: node.text('name') ?? '',
    port: node.number('port'),
    protocol: node.text('protocol'),
    hostname: node.text('hostname') || undefined,
    from: from === undefined || !node.has('allowedRoutes.namespaces.from') ? 'Same' : from.text(),
    namespaceSelector: labelSelectorIn(node.get('allowedRoutes.namespaces.selector')),
    kinds: node.list('allowedRoutes.kinds.*').flatMap((it) => {
      const kind = it.text('kind');
      return kind === undefined ? [] : [`${it.text('group') ?? GROUP}/${kind}`];
    }),
    admissionRange: rangeOf(admission ?? node),
    range: rangeOf(node),
    hidden: hasOpaque(node),
  };
}

function defineListeners(resource: Resource, facts: GatewayFacts, emit: Emit): void {
  const nodes = resource.root.list('spec.listeners.*');
  facts.listeners.forEach((listener, index) => {
    const node = nodes[index]!;
    if (listener.name !== '') emit.define(listeners, `${facts.kind}/${keyOf(facts)}/${listener.name}`, node.get('name')!, listener);
    if (listener.hostname === undefined || listener.hidden || listener.port === undefined) return;
    emit.define(listenersOnHost, hostKey(listener), node.get('hostname')!, {
      ...listener,
      gateway: facts.name,
      namespace: facts.namespace,
      className: facts.className,
      addresses: facts.addresses,
    });
  });
}

/** Key of a listener in `listenersOnHost`. */
export function hostKey({ hostname = '', port, protocol = '' }: ListenerFacts): string {
  return `${hostname}:${port ?? ''}/${protocol}`;
}

function rangeOf({ start, end }: YamlNode): { start: number; end: number } {
  return { start, end };
}

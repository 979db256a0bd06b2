import { namespaceKey, type Resource } from '../../model/resource.js';
import {
  defineHover,
  type DefinitionHover,
  type EditorSupport,
  type FieldHover,
  type HoverContext,
  type Outline,
} from '../../rules/editor.js';
import type { YamlNode } from '../../yaml/node.js';
import { annotationSitesIn } from '../kubernetes/annotation-sites.js';
import { counted, listed, podNames } from '../kubernetes/editor.js';
import { POD_KINDS } from '../kubernetes/pod-templates.js';
import { serviceAccounts } from '../kubernetes/tables.js';
import { accessOfServer } from './access.js';
import { annotationFacts, isLinkerdAnnotation, valuesOf } from './annotations.js';
import { values } from './completions.js';
import { callersOf, lenses, states } from './effective.js';
import { accountOfIdentity, identityOf } from './identities.js';
import { keyOf } from './kinds/shared.js';
import { workloadsOfServer } from './lookups.js';
import { REQUEST_ROUTES } from './references.js';
import { linkerdConfig } from './settings.js';
import { egressNetworks, meshTlsAuthentications, networkAuthentications, routes, servers, type MeshTlsFacts } from './tables.js';
import { accessText } from './words.js';
import { isMeshInUse } from '../kubernetes/lookups.js';

const definitions: readonly DefinitionHover<never>[] = [
  defineHover(servers, ({ data }, { look, escape }) => {
    const pods = look.get(workloadsOfServer, keyOf(data));
    const callers = callersOf(look.get(accessOfServer, keyOf(data)), look);
    return {
      title: `Server ${escape(data.name)}`,
      ...(data.namespace === undefined ? {} : { context: escape(data.namespace) }),
      lines: [
        [
          `Port ${escape(String(data.port ?? ''))}`,
          escape(data.protocol),
          pods.length === 0 ? 'no pod at hand' : escape(podNames(pods)),
        ].join(' · '),
        [
          callers.length === 0 ? '' : `Allowed: ${escape(listed(callers))}`,
          data.accessPolicy === undefined ? '' : accessText(data.accessPolicy),
        ]
          .filter((it) => it !== '')
          .join(' · '),
      ],
    };
  }),
  defineHover(meshTlsAuthentications, ({ data }, { escape, referrers }) => ({
    title: `MeshTLSAuthentication ${escape(data.name)}`,
    ...(data.namespace === undefined ? {} : { context: escape(data.namespace) }),
    lines: [
      escape(listed(clientsOf(data))),
      `Asked for by ${counted(referrers('AuthorizationPolicy'), 'AuthorizationPolicy', 'AuthorizationPolicies')}`,
    ],
  })),
  defineHover(networkAuthentications, ({ data }, { escape, referrers }) => ({
    title: `NetworkAuthentication ${escape(data.name)}`,
    ...(data.namespace === undefined ? {} : { context: escape(data.namespace) }),
    lines: [
      `Clients from ${escape(listed(data.networks))}`,
      `Asked for by ${counted(referrers('AuthorizationPolicy'), 'AuthorizationPolicy', 'AuthorizationPolicies')}`,
    ],
  })),
  defineHover(egressNetworks, ({ data }, { escape }) => ({
    title: `EgressNetwork ${escape(data.name)}`,
    ...(data.namespace === undefined ? {} : { context: escape(data.namespace) }),
    lines: [
      [
        data.networks.length === 0 ? 'All addresses outside of the cluster' : escape(listed(data.networks)),
        data.trafficPolicy === 'Deny' ? 'what no route allows is refused' : 'what no route takes passes',
      ].join(' · '),
    ],
  })),
  defineHover(routes, ({ data }, { escape }) => ({
    title: `${data.kind} ${escape(data.name)}`,
    ...(data.namespace === undefined ? {} : { context: escape(data.namespace) }),
    lines: data.matches.length === 0 ? [] : [escape(listed(data.matches.map((it) => `${it.method ?? 'any method'} ${it.path}`)))],
  })),
  defineHover(serviceAccounts, ({ data }, { look }) => ({
    title: `ServiceAccount ${data.name}`,
    lines:
      data.namespace === undefined || !look.get(isMeshInUse, 'linkerd')
        ? []
        : [`Identity in Linkerd \`${identityOf(data.name, data.namespace, look.get(linkerdConfig, ''))}\``],
  })),
];

function clientsOf({ identities, accounts, namespaces }: MeshTlsFacts): readonly string[] {
  return [
    ...identities.map((it) => (it === '*' ? 'every client in the mesh' : it)),
    ...accounts.map((it) => `${namespaceKey(it.namespace)}/${it.name}`),
    ...namespaces.map((it) => `everything in ${it}`),
  ];
}

const fields: readonly FieldHover[] = [
  {
    kinds: [...POD_KINDS, 'Namespace', 'Service', 'EgressNetwork', ...REQUEST_ROUTES],
    paths: ['metadata.annotations.*', 'spec.template.metadata.annotations.*', 'spec.jobTemplate.spec.template.metadata.annotations.*'],
    describe: describeAnnotation,
  },
  {
    kinds: ['MeshTLSAuthentication', 'ServerAuthorization'],
    paths: ['spec.identities.*', 'spec.client.meshTLS.identities.*'],
    describe: describeIdentity,
  },
];

function describeAnnotation(resource: Resource, node: YamlNode): readonly string[] {
  const site = annotationSitesIn(resource, isLinkerdAnnotation).find((it) => it.value.start === node.start);
  const facts = site && annotationFacts(site.name);
  if (site === undefined || facts === undefined) return [];
  const known = valuesOf(facts.value);
  return [
    [
      `**${site.name.slice(site.name.indexOf('/') + 1)}**`,
      known.length === 0 ? '' : known.join(', '),
      facts.byDefault === undefined ? 'not set by default' : `default ${facts.byDefault}`,
    ]
      .filter((it) => it !== '')
      .join(' · '),
    facts.docs,
    ...(site.carrier === 'Namespace' && facts.inherited === true
      ? ['New pods of this namespace take it over, unless they say something else.']
      : []),
  ];
}

function describeIdentity(_resource: Resource, node: YamlNode, { escape }: HoverContext): readonly string[] {
  const written = node.text();
  if (written === '*') return ['Every client in the mesh'];
  const found = accountOfIdentity(written ?? '');
  if (found === undefined) return [];
  return [
    found.account === '*'
      ? `Everything in namespace ${escape(found.namespace)}`
      : `What runs as service account ${escape(found.account)} of namespace ${escape(found.namespace)}`,
  ];
}

const outlines: readonly Outline[] = [
  {
    kinds: ['HTTPRoute'],
    items: ({ root }) =>
      root.list('spec.rules.*').map((rule) => {
        const backends = rule.list('backendRefs.*.name').flatMap((it) => it.text() ?? []);
        const first = rule.get('matches.0');
        return {
          name: [first?.text('method'), first?.text('path.value')].filter((it) => it !== undefined).join(' ') || 'rule',
          detail: backends.length === 0 ? '' : `to ${listed(backends)}`,
          sort: 'route',
          range: rule,
        };
      }),
  },
  {
    kinds: ['ServiceProfile'],
    items: ({ root }) =>
      root.list('spec.routes.*').map((route) => ({
        name: route.text('name') ?? 'route',
        detail: [route.text('condition.method'), route.text('condition.pathRegex')].filter((it) => it !== undefined).join(' '),
        sort: 'route',
        range: route,
        selection: route.get('name') ?? route,
      })),
  },
  {
    kinds: ['AuthorizationPolicy'],
    items: ({ root }) =>
      root.list('spec.requiredAuthenticationRefs.*').map((ref) => ({
        name: ref.text('name') ?? 'authentication',
        detail: ref.text('kind') ?? '',
        sort: 'rule',
        range: ref,
        selection: ref.get('name') ?? ref,
      })),
  },
];

/** What Linkerd tells an editor beyond its facts. */
export const editor: EditorSupport = { values, definitions, fields, outlines, states, lenses };

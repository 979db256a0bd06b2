import { namespaceKey } from '../../../model/resource.js';
import type { HintTold, InlayHint, Lens, LensPart } from '../../../rules/editor.js';
import { counted } from '../../kubernetes/editor.js';
import { isMeshInUse } from '../../kubernetes/lookups.js';
import { POD_KINDS } from '../../kubernetes/pod-templates.js';
import { services, workloads } from '../../kubernetes/tables.js';
import { injectionOf } from '../injection.js';
import { membersOf } from '../lookups.js';
import { mtlsOfMesh } from '../mtls.js';
import { POLICY_KINDS, ROUTE_KINDS } from '../target-refs.js';
import { proxiesOf, routesTo } from './others.js';
import { accessOf, policiesOf, serverMtlsOf } from './policies.js';
import { siteOf } from './workload.js';
import { selectedWorkloads } from '../../kubernetes/lookups.js';
import { selectorText } from '../../../model/selectors.js';

/** One line above a resource: what it is to others. */
export const lenses: readonly Lens[] = [
  {
    kinds: POD_KINDS,
    describe({ namespace, kind, name }, { look }) {
      const key = `${namespaceKey(namespace)}/${kind}/${name}`;
      if (look.get(workloads, key).length === 0 || !look.get(isMeshInUse, 'kuma')) return [];
      const { state, decidedBy } = look.get(injectionOf, key);
      if (state === 'unknown') return [];
      const parts: LensPart[] = [
        { group: 'workloads', text: state === 'injected' ? 'sidecar' : 'no sidecar', sites: decidedBy ? [decidedBy] : [] },
      ];
      // Without a proxy nobody enforces anything.
      if (state === 'none') return parts;
      const { mode, policy } = look.get(serverMtlsOf, key);
      if (mode === 'strict' || mode === 'permissive')
        parts.push({ group: 'workloads', text: `mTLS ${mode}`, sites: policy ? [siteOf(policy)] : [] });
      const access = look.get(accessOf, key);
      if (access.rest === 'granted')
        parts.push({ group: 'callers', text: counted(access.allowed.length, 'caller'), sites: access.policies.map(siteOf) });
      const bound = look.get(policiesOf, key);
      if (bound.length > 0)
        parts.push({ group: 'references', text: counted(bound.length, 'policy', 'policies'), sites: bound.map(siteOf) });
      return parts;
    },
  },
  {
    kinds: POLICY_KINDS,
    describe(resource, { look }) {
      const proxies = proxiesOf(resource, look);
      return proxies.length === 0
        ? []
        : [{ group: 'workloads', text: `for ${counted(proxies.length, 'workload')}`, sites: proxies.map(siteOf) }];
    },
  },
  {
    kinds: ['Mesh'],
    describe({ name }, { look }) {
      const { mode, sites } = look.get(mtlsOfMesh, name);
      const permissions = look.get(membersOf, `${name}/MeshTrafficPermission`);
      return [
        { group: 'workloads', text: `mTLS ${mode}`, sites },
        ...(mode === 'off'
          ? []
          : [{ group: 'callers' as const, text: counted(permissions.length, 'permission'), sites: permissions.map(siteOf) }]),
      ];
    },
  },
  {
    kinds: ['Service'],
    describe({ namespace, name }, { look }) {
      const selector = look.get(services, `${namespaceKey(namespace)}/${name}`)[0]?.data.selector;
      if (selector === undefined || !look.get(isMeshInUse, 'kuma')) return [];
      const routes = routesTo(name, namespace, look.get(selectedWorkloads, `${namespaceKey(namespace)}/${selectorText(selector)}`), look);
      return routes.length === 0 ? [] : [{ group: 'references', text: counted(routes.length, 'Kuma route'), sites: routes.map(siteOf) }];
    },
  },
];

/** What share of the requests a backend gets, where weights do not add up to 100. */
export const hints: readonly InlayHint[] = [
  {
    group: 'weight',
    kinds: ROUTE_KINDS,
    paths: ['spec.to.*.rules.*.default.backendRefs.*.weight'],
    describe({ root }, node, path): HintTold | undefined {
      const backends = root.list(`${path.slice(0, 7).join('.')}.*`);
      const weights = backends.map((it) => (it.has('weight') ? it.number('weight') : 1));
      const own = node.number();
      if (own === undefined || weights.some((it) => it === undefined)) return undefined;
      const sum = weights.reduce<number>((total, it) => total + it!, 0);
      const share = sum === 0 ? 0 : Math.round((100 * own) / sum);
      return share === own ? undefined : { text: `${share} %` };
    },
  },
];

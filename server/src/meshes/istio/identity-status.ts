import { defineLookup, type Lookups } from '../../index/tables.js';
import { serviceHost } from '../../model/hosts.js';
import { parseSelector, selects, type Labels } from '../../model/selectors.js';
import { services, servicesIn } from '../kubernetes/tables.js';
import { meshConfig } from './mesh-config.js';
import { namespaceMtls } from './mtls.js';
import { destinationRules, peerAuthentications } from './tables.js';

export type MtlsStatus = 'enabled' | 'disabled' | 'partial' | 'none';

/**
 * Whether servers and clients of a namespace agree on mTLS, by namespace: what decides if callers have an identity at all. Rules for
 * the namespace go before those for the mesh. (kiali-checks 2.3)
 */
const mtlsStatusOf = defineLookup<MtlsStatus>('istio/mtlsStatusOf', (look, namespace) => {
  const { enableAutoMtls: auto, rootNamespace } = look.get(meshConfig, '');
  const own = { server: serverMode(look, namespace), client: clientMode(look, `*.${namespace}.svc.cluster.local`) };
  const mesh = { server: serverMode(look, rootNamespace), client: clientMode(look, '*.local') };
  const status = combined(own.server, own.client, auto);
  if (status === 'enabled' || status === 'disabled') return status;
  const found =
    status === 'none' ? ofMesh(mesh.server, mesh.client, auto) : ofMesh(own.server ?? mesh.server, own.client ?? mesh.client, auto);
  return found === 'none' && auto ? 'enabled' : found;
});

/** The status for workloads that a policy selects: a PeerAuthentication for part of their labels goes before the namespace's. */
function selectedStatus(look: Pick<Lookups, 'get'>, namespace: string, selector: Labels): MtlsStatus {
  const policy = look
    .get(peerAuthentications, namespace)
    .find(({ data }) => data.selector && Object.keys(data.selector).length > 0 && selects(data.selector, selector))?.data;
  if (policy?.mode === 'STRICT') return 'enabled';
  if (policy?.mode === 'DISABLE') return 'disabled';
  if (policy?.mode === 'PERMISSIVE') {
    for (const { data: service } of look.get(servicesIn, namespace)) {
      const facts = look.get(services, `${namespace}/${service.name}`)[0]?.data;
      if (!facts?.selector || !selects(policy.selector ?? {}, facts.selector)) continue;
      const mode = clientMode(look, serviceHost(service.name, namespace));
      if (mode === 'ISTIO_MUTUAL' || mode === 'MUTUAL') return 'enabled';
      if (mode === 'DISABLE') return 'disabled';
    }
  }
  return look.get(mtlsStatusOf, namespace);
}

/** By `namespace|a=1,b=2`. */
export const mtlsStatusOfSelected = defineLookup<MtlsStatus>('istio/mtlsStatusOfSelected', (look, key) => {
  const bar = key.indexOf('|');
  return selectedStatus(look, key.slice(0, bar), parseSelector(key.slice(bar + 1)));
});

function serverMode(look: Pick<Lookups, 'get'>, namespace: string): string | undefined {
  const mode = look.get(namespaceMtls, namespace).find((it) => it.data.mode !== 'UNSET')?.data.mode;
  return mode;
}

function clientMode(look: Pick<Lookups, 'get'>, host: string): string | undefined {
  return look.get(destinationRules, host).find((it) => it.data.tlsMode !== undefined)?.data.tlsMode;
}

function combined(server: string | undefined, client: string | undefined, auto: boolean): MtlsStatus {
  const clientOn = client === 'ISTIO_MUTUAL' || client === 'MUTUAL' || (client === undefined && auto);
  const clientOff = client === 'DISABLE' || (client === undefined && auto);
  if ((server === 'STRICT' || server === 'PERMISSIVE') && clientOn) return 'enabled';
  if (server === 'DISABLE' && clientOff) return 'disabled';
  return server === undefined && client === undefined ? 'none' : 'partial';
}

function ofMesh(server: string | undefined, client: string | undefined, auto: boolean): MtlsStatus {
  const status = combined(server, client, auto);
  if (status !== 'partial') return status;
  if ((server === 'DISABLE') !== (client === 'DISABLE')) return 'disabled';
  const serverAlone = client === undefined && (server === 'STRICT' || server === 'PERMISSIVE');
  const clientAlone = server === undefined && (client === 'ISTIO_MUTUAL' || client === 'MUTUAL');
  return auto && (serverAlone || clientAlone) ? 'enabled' : 'partial';
}

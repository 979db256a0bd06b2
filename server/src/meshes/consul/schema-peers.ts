import type { Resource } from '../../model/resource.js';
import type { SchemaProblem } from '../../rules/module.js';

/** Rules of this system whose problem the schema reports already. */
export function schemaPeers({ code, path, message }: SchemaProblem, { kind }: Resource): readonly string[] {
  switch (kind) {
    case 'PeeringAcceptor':
    case 'PeeringDialer':
      return code === 'required-field' && path === 'spec' ? ['consul/peering-invalid'] : [];
    case 'Registration':
      return code === 'required-field' && /"(?:name|status|intervalDuration)"/.test(message) ? ['consul/registration-invalid'] : [];
    case 'ProxyDefaults':
      if (code === 'wrong-type' && path === 'spec.config') return ['consul/proxy-defaults-invalid'];
      return code === 'wrong-type' && path.endsWith('.arguments') ? ['consul/envoy-extension-arguments'] : [];
    case 'ServiceDefaults':
      return code === 'wrong-type' && path.endsWith('.arguments') ? ['consul/envoy-extension-arguments'] : [];
    default:
      return [];
  }
}

import { settings, settingIn } from '../../index/settings.js';
import { defineLookup } from '../../index/tables.js';

/** Whether the cluster runs Consul Enterprise: setting `consul.edition`. */
export const isEnterprise = defineLookup<boolean>(
  'consul/isEnterprise',
  (look) => settingIn(look.get(settings), 'consul', 'edition') === 'enterprise',
);

/** Whether each Kubernetes namespace has a Consul namespace of its own: setting `consul.mirroring`, which only Enterprise can do. */
export const isMirrored = defineLookup<boolean>(
  'consul/isMirrored',
  (look) => settingIn(look.get(settings), 'consul', 'mirroring') === true,
);

/** Whether ACLs are on: setting `consul.acls`. */
export const hasAcls = defineLookup<boolean>('consul/hasAcls', (look) => settingIn(look.get(settings), 'consul', 'acls') === true);

/** Admin partition of this cluster, with Enterprise: setting `consul.localPartition`. */
export const localPartition = defineLookup<string>('consul/localPartition', (look) => {
  const written = settingIn(look.get(settings), 'consul', 'localPartition');
  return typeof written === 'string' && written !== '' ? written : 'default';
});

/** Whether pods without the annotation get a proxy: setting `consul.defaultInject`. */
export const injectsByDefault = defineLookup<boolean>(
  'consul/injectsByDefault',
  (look) => settingIn(look.get(settings), 'consul', 'defaultInject') === true,
);

/** Whether pods are redirected to their proxy unless they say otherwise: setting `consul.transparentProxy`. */
export const isTransparentByDefault = defineLookup<boolean>(
  'consul/isTransparentByDefault',
  (look) => settingIn(look.get(settings), 'consul', 'transparentProxy') !== false,
);

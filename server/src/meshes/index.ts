import type { MeshModule } from '../rules/module.js';
import { argo } from './argo/module.js';
import { cilium } from './cilium/module.js';
import { consul } from './consul/module.js';
import { flux } from './flux/module.js';
import { gatewayApi } from './gateway-api/module.js';
import { istio } from './istio/module.js';
import { kubernetes } from './kubernetes/module.js';
import { kuma } from './kuma/module.js';
import { kustomize } from './kustomize/module.js';
import { linkerd } from './linkerd/module.js';
import { mesh } from './mesh/module.js';

/** Every system Meshwright knows. A new one is a folder beside these, and one line here. */
export const meshes: readonly MeshModule[] = [kubernetes, gatewayApi, istio, cilium, consul, linkerd, kuma, kustomize, argo, flux, mesh];

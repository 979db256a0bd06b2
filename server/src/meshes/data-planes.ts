import { consulProxies } from './consul/data-plane.js';
import { istioAmbient, istioSidecars } from './istio/data-planes.js';
import type { DataPlane } from './kubernetes/data-plane.js';
import { kumaProxies } from './kuma/data-plane.js';
import { linkerdProxies } from './linkerd/data-plane.js';

/** Every data plane that pods may be in; that of a new mesh is one line here. */
export const dataPlanes: readonly DataPlane[] = [istioSidecars, istioAmbient, linkerdProxies, consulProxies, kumaProxies];

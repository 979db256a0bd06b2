import type { Transition } from '../../../rules/transition.js';
import { deletedPeerAuthentication, strictWithCallersOutside } from './mtls.js';
import { broaderPrincipal, newDefaultDeny } from './policies.js';
import { weightJump } from './weights.js';

export const transitions: readonly Transition[] = [
  broaderPrincipal,
  deletedPeerAuthentication,
  newDefaultDeny,
  strictWithCallersOutside,
  weightJump,
];

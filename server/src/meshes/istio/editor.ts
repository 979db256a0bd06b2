import type { EditorSupport } from '../../rules/editor.js';
import { values } from './completions.js';
import { definitions, fields } from './hovers.js';
import { authorizationState, destinationRuleState, peerState, serviceState, virtualServiceState } from './effective/host.js';
import { gatewayState, namespaceState, serviceEntryState, sidecarState } from './effective/places.js';
import { hints } from './effective/hints.js';
import { lenses } from './effective/lenses.js';
import { workloadState } from './effective/workload.js';
import { markHovers, markValues } from './marks.js';
import { outlines } from './outlines.js';
import { refactorings } from './refactorings.js';

/** What Istio tells an editor beyond its facts. */
export const editor: EditorSupport = {
  values: [...values, ...markValues],
  definitions,
  fields: [...fields, ...markHovers],
  outlines,
  states: [
    workloadState,
    serviceState,
    virtualServiceState,
    destinationRuleState,
    authorizationState,
    peerState,
    gatewayState,
    serviceEntryState,
    namespaceState,
    sidecarState,
  ],
  lenses,
  hints,
  refactorings,
};

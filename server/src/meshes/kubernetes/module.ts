import type { MeshModule } from '../../rules/module.js';
import { customResourceDefinition } from './kinds/definitions.js';
import { editor } from './editor.js';
import { mutatingWebhookConfiguration, validatingWebhookConfiguration } from './kinds/admission.js';
import { certificate, configMap, externalSecret, namespace, node, sealedSecret, secret, serviceAccount } from './kinds/core.js';
import { limitRange, resourceQuota } from './kinds/limits.js';
import { cronJob, daemonSet, deployment, job, pod, replicaSet, replicationController, rollout, statefulSet } from './kinds/pods.js';
import { canary, endpointSlice, ingress, service } from './kinds/services.js';
import { networkPolicy } from './kinds/network-policies.js';
import { accountsNamed, namespaceNamed, pickedWorkloads, secretsNamed, servicesNamed } from './lookups.js';
import { tables } from './tables.js';

/** The ground every mesh stands on: namespaces, services, workloads, accounts and secrets. */
export const kubernetes: MeshModule = {
  id: 'kubernetes',
  title: 'Kubernetes',
  kinds: [
    namespace,
    service,
    deployment,
    statefulSet,
    daemonSet,
    replicaSet,
    replicationController,
    pod,
    job,
    cronJob,
    rollout,
    serviceAccount,
    secret,
    certificate,
    externalSecret,
    sealedSecret,
    configMap,
    node,
    endpointSlice,
    canary,
    networkPolicy,
    resourceQuota,
    limitRange,
    ingress,
    customResourceDefinition,
    mutatingWebhookConfiguration,
    validatingWebhookConfiguration,
  ],
  tables,
  lookups: [pickedWorkloads, servicesNamed, accountsNamed, secretsNamed, namespaceNamed],
  settings: [],
  rules: [],
  editor,
};

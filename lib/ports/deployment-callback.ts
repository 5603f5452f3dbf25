import type { DeploymentReply } from '../core/setup/deployment-request.ts';

/** Where a deployment waits for the answer of its custom resource. */
export interface DeploymentCallback {
  /** Delivers the answer to the address that came with the request. Throws where it was not taken. */
  answer(url: string, reply: DeploymentReply): Promise<void>;
}

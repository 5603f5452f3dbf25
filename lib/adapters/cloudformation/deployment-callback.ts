import type { DeploymentCallback } from '../../ports/deployment-callback.ts';

const ATTEMPTS = 3;
const TIMEOUT_MS = 5_000;

/** Puts the answer to CloudFormation's presigned address. Without it the stack would wait for an hour. */
export const cloudFormationCallback: DeploymentCallback = {
  async answer(url, reply) {
    let cause: unknown;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      try {
        const response = await fetch(url, {
          method: 'PUT',
          // The address is signed for an empty content type.
          headers: { 'content-type': '' },
          body: JSON.stringify(reply),
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        if (response.ok) return;
        cause = `status ${response.status}`;
      } catch (error) {
        cause = error;
      }
    }
    throw new DeploymentCallbackError('CloudFormation did not take the answer', { cause });
  },
};

/** The answer could not be delivered. Never names the address: it is signed. */
class DeploymentCallbackError extends Error {
  override readonly name = 'DeploymentCallbackError';
}

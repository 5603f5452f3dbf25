import * as z from 'zod';
import { type DeploymentRequest, deploymentReply } from '../../lib/core/setup/deployment-request.ts';
import { DatedPattern, domainTemplates } from '../../lib/core/setup/domain-template.ts';
import type { DeploymentCallback } from '../../lib/ports/deployment-callback.ts';
import { type SetupDependencies, setUpDomain } from './set-up-domain.ts';

/** The properties that a stack may set on the resource. Others, such as a fingerprint, only make it run again. */
const Properties = z.object({
  DatedPatterns: z
    .array(DatedPattern)
    .describe('Patterns of the dated indices that the pipelines of this deployment write.'),
});

/** What answering needs beside the set-up itself. */
export interface AnswerDependencies extends SetupDependencies {
  readonly callback: DeploymentCallback;
  readonly refreshSeconds: number;
  readonly replicas: number;
}

/** How one deployment went, as CloudFormation was told. */
export interface Answered {
  readonly status: 'SUCCESS' | 'FAILED';
  readonly reason: string;
}

/**
 * Sets the domain up for a deployment and always answers it, well before `deadline` (epoch ms). A deletion removes
 * nothing: templates without indices do no harm, and indices without templates would.
 */
export async function answerDeployment(
  dependencies: AnswerDependencies,
  request: DeploymentRequest,
  deadline: number,
): Promise<Answered> {
  const answered = await attempt(dependencies, request, deadline);
  const reply = deploymentReply(request, answered.status, answered.reason);
  await dependencies.callback.answer(request.ResponseURL, reply);
  return answered;
}

async function attempt(
  dependencies: AnswerDependencies,
  { RequestType, ResourceProperties }: DeploymentRequest,
  deadline: number,
): Promise<Answered> {
  if (RequestType === 'Delete') return { status: 'SUCCESS', reason: 'nothing is removed from the domain' };
  const properties = Properties.safeParse(ResourceProperties);
  if (!properties.success) return { status: 'FAILED', reason: z.prettifyError(properties.error) };
  const { refreshSeconds, replicas } = dependencies;
  const wanted = domainTemplates({ refreshSeconds, replicas, datedPatterns: properties.data.DatedPatterns });
  try {
    const outcome = await setUpDomain(dependencies, { wanted, mode: 'apply', deadline });
    if (outcome.kind === 'unreachable') {
      return {
        status: 'FAILED',
        reason: `the OpenSearch domain does not answer (${outcome.reason}); check its endpoint, access policy and network, then deploy again`,
      };
    }
    const changed = outcome.actions.filter(({ kind }) => kind !== 'unchanged');
    return { status: 'SUCCESS', reason: `${changed.length} of ${outcome.actions.length} templates written` };
  } catch (error) {
    return { status: 'FAILED', reason: error instanceof Error ? error.message : String(error) };
  }
}

import * as z from 'zod';

/**
 * What CloudFormation sends to a function that backs a custom resource, and what it waits for at `ResponseURL`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
 */
export const DeploymentRequest = z.object({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  /** Set by the stack; checked by the function, which must answer even where they are wrong. */
  ResourceProperties: z.record(z.string(), z.unknown()).default({}),
});
export type DeploymentRequest = z.infer<typeof DeploymentRequest>;

/** The answer to a DeploymentRequest, in CloudFormation's own names. */
export interface DeploymentReply {
  readonly Status: 'SUCCESS' | 'FAILED';
  /** Shown to the person who deploys, where it failed. */
  readonly Reason: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
}

/** Never changes: another id would make CloudFormation delete "the old resource" after an update. */
const PHYSICAL_RESOURCE_ID = 'weir-domain-setup';
/** CloudFormation takes an answer of at most 4096 bytes. */
const REASON_LENGTH = 800;

/** The answer to `request`. Cuts the reason to what CloudFormation takes, in any script. */
export function deploymentReply(
  request: DeploymentRequest,
  status: DeploymentReply['Status'],
  reason: string,
): DeploymentReply {
  const { StackId, RequestId, LogicalResourceId } = request;
  return {
    Status: status,
    Reason: reason.length > REASON_LENGTH ? `${reason.slice(0, REASON_LENGTH)}…` : reason,
    PhysicalResourceId: PHYSICAL_RESOURCE_ID,
    StackId,
    RequestId,
    LogicalResourceId,
  };
}

import { LOCAL_STAGE, type StackOutputs } from './deploy.ts';
import { LOCAL_AWS } from './local-aws.ts';
import type { Platform } from './platform.ts';
import { requireOutput } from './require-output.ts';
import type { StackPorts } from './stack-ports.ts';
import type { Credentials, LocalStack } from './state-file.ts';

/** Puts together what `local.json` says of a stack. */
export function describeStack(
  platform: Platform,
  ports: StackPorts,
  outputs: StackOutputs,
  secrets: Credentials & Pick<LocalStack, 'webhookSecret'>,
): LocalStack {
  const output = (name: string) => requireOutput(outputs, name);
  const { openSearchUrl, awsEndpointUrl, webhookReceiverUrl } = platform;
  return {
    stage: LOCAL_STAGE,
    intakeUrl: `http://127.0.0.1:${ports.intake}`,
    apiUrl: `http://127.0.0.1:${ports.api}`,
    queueUrl: output('LogQueueUrl'),
    bucket: output('BucketName'),
    openSearchUrl,
    awsEndpointUrl,
    region: LOCAL_AWS.region,
    ...secrets,
    webhookReceiverUrl,
    tables: { ledger: output('LedgerTable'), control: output('ControlTable'), alerts: output('AlertsTable') },
    functions: {
      intake: output('IntakeFunctionName'),
      'intake-subscription': output('SubscriptionFunctionArn').split(':').at(-1) ?? '',
      process: output('ProcessFunctionName'),
      recover: output('RecoverFunctionName'),
      subscribe: output('SubscribeFunctionName'),
      'evaluate-alerts': output('EvaluateFunctionName'),
      notify: output('NotifyFunctionName'),
      'setup-domain': output('SetupFunctionName'),
      api: output('ApiFunctionName'),
    },
    outputs,
  };
}

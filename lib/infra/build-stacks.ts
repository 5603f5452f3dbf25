import type { App } from 'aws-cdk-lib';
import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { AlertStack } from './stacks/alert-stack.ts';
import { ApiStack } from './stacks/api-stack.ts';
import { IngestStack } from './stacks/ingest-stack.ts';
import { MonitoringStack } from './stacks/monitoring-stack.ts';
import { RecoveryStack } from './stacks/recovery-stack.ts';
import { SearchStack } from './stacks/search-stack.ts';
import { StorageStack } from './stacks/storage-stack.ts';
import { SubscribeStack } from './stacks/subscribe-stack.ts';
import type { WeirStackProps } from './stacks/weir-stack.ts';

/** Puts a stage's stacks into the app, to be checked against the AWS Solutions rules at synthesis. */
export function buildStacks(app: App, props: WeirStackProps): void {
  const storage = new StorageStack(app, props);
  const search = new SearchStack(app, props);
  const { domain } = search;
  const ingest = new IngestStack(app, { ...props, storage, domain });
  // The first document of a stream decides its mapping, so the templates have to be there before it.
  ingest.addStackDependency(search);
  const alert = new AlertStack(app, { ...props, storage, domain });
  const { recover } = new RecoveryStack(app, { ...props, storage, domain });
  const { logQueue, process, subscription, subscriptionFailures } = ingest;
  const { subscribe } = new SubscribeStack(app, { ...props, subscription });
  const { notifyQueue, evaluate } = alert;
  new ApiStack(app, { ...props, storage, domain, logQueue, notifyQueue });
  const watched = { logQueue, notifyQueue, subscriptionFailures, process, recover, subscribe, evaluate };
  new MonitoringStack(app, { ...props, ...watched });
  // A stage that lets plain HTTP in breaks the rules on purpose; the schema keeps that to emulators.
  if (props.stage.tlsOnly) Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}

import { CustomResource, Duration, FileSystem } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config as SetupConfig } from '../../../functions/setup-domain/config.ts';
import { type FunctionEnvironment, HouseFunction } from '../constructs/house-function.ts';
import { LogDomain } from '../constructs/log-domain.ts';
import { WeirStack, type WeirStackProps } from './weir-stack.ts';

const SETUP_SECONDS = 120;

/** Where events are searched, set up with its templates before anything writes to it. */
export class SearchStack extends WeirStack {
  readonly domain: LogDomain;

  constructor(scope: Construct, props: WeirStackProps) {
    super(scope, 'Search', props);
    this.domain = new LogDomain(this, 'Domain', props.stage);
    const { index } = props.stage;
    const environment = {
      OPENSEARCH_URL: this.domain.url,
      INDEX_REFRESH_SECONDS: String(index.refreshSeconds),
      INDEX_REPLICAS: String(index.replicas),
    } satisfies FunctionEnvironment<typeof SetupConfig>;
    const setup = new HouseFunction(this, 'SetupDomain', {
      ...props,
      functionName: 'setup-domain',
      description: 'Puts templates, policies and saved objects into the domain',
      environment,
      timeoutSeconds: SETUP_SECONDS,
    });
    this.domain.allow(setup, 'Get', 'Put');
    // The function answers CloudFormation itself. Its code holds the templates: a change of them runs it again.
    const result = new CustomResource(this, 'DomainSetup', {
      resourceType: 'Custom::WeirDomainSetup',
      serviceToken: setup.lambda.functionArn,
      serviceTimeout: Duration.seconds(2 * SETUP_SECONDS),
      properties: {
        ...environment,
        DatedPatterns: props.datedPatterns,
        code: FileSystem.fingerprint(props.bundles['setup-domain']),
      },
    });
    result.node.addDependency(setup);
    this.publish({
      OpenSearchUrl: this.domain.publicUrl,
      SetupFunctionName: setup.lambda.functionName,
    });
  }
}

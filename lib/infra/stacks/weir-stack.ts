import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Bundles } from '../bundle/bundle-functions.ts';
import type { StageConfig } from '../stage/stage-config.ts';

export interface WeirStackProps {
  readonly stage: StageConfig;
  readonly bundles: Bundles;
  /** Patterns of the dated indices that the pipelines write. */
  readonly datedPatterns: readonly string[];
}

/** What the name of every stack of every stage begins with, and so the name of what CloudFormation names after them. */
export const STACK_PREFIX = 'Weir-';

/** One of a stage's stacks, named `Weir-<stage>-<part>`. */
export class WeirStack extends Stack {
  constructor(scope: Construct, part: string, { stage }: WeirStackProps) {
    super(scope, `${STACK_PREFIX}${stage.name}-${part}`, {
      terminationProtection: stage.removal === 'retain',
      tags: { application: 'weir', stage: stage.name },
    });
  }

  /** Publishes values as outputs of the stack, under these names. */
  protected publish(values: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(values)) new CfnOutput(this, name, { value });
  }
}

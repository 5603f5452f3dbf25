import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** The id under which cdk-nag reports that a policy of `scope` names the wildcard `resource`. */
export function wildcardFinding(scope: IConstruct, resource: string): string {
  return `AwsSolutions-IAM5[Resource::${flatten(Stack.of(scope).resolve(resource))}]`;
}

function flatten(reference: unknown): string {
  if (typeof reference === 'string') return reference;
  const [name, argument] = Object.entries(reference as Record<string, unknown>)[0] ?? [];
  if (name === 'Ref') return `<${argument}>`;
  if (name === 'Fn::Join') {
    const [delimiter, parts] = argument as [string, unknown[]];
    return parts.map(flatten).join(delimiter);
  }
  throw new Error(`A wildcard resource must be named by text and pseudo parameters, not by ${name}.`);
}

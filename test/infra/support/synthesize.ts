import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { buildStacks } from '../../../lib/infra/build-stacks.ts';
import type { Bundles } from '../../../lib/infra/bundle/bundle-functions.ts';
import { FunctionName } from '../../../lib/infra/function-name.ts';
import { checkStage, loadStage } from '../../../lib/infra/stage/load-stage.ts';
import type { StageInput } from '../../../lib/infra/stage/stage-config.ts';
import { temporaryDirectory } from './temporary-directory.ts';

// biome-ignore lint/suspicious/noExplicitAny: what a template holds has no type
type Properties = Record<string, any>;

/** A CloudFormation resource as the template holds it. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Properties;
  readonly DeletionPolicy?: string;
}

export type Templates = Readonly<Record<string, Template>>;

const context = JSON.parse(readFileSync('cdk.json', 'utf8')).context;

const HANDLER = 'export const handler = async () => {};\n';

/** Makes the app of a stage around functions that hold nothing. */
export function buildApp(stage: string, changes: Partial<StageInput> = {}, code = HANDLER): App {
  const app = new App({ context, outdir: join(temporaryDirectory(), 'cdk.out') });
  buildStacks(app, {
    stage: checkStage({ ...loadStage(stage, {}), ...changes }),
    bundles: stubBundles(code),
    datedPatterns: ['orders-*'],
  });
  return app;
}

/** The templates of a stage, by part: `Storage`, `Ingest`… */
export function synthesize(stage: string, changes: Partial<StageInput> = {}, code = HANDLER): Templates {
  const stacks = buildApp(stage, changes, code).node.children.filter(Stack.isStack);
  return Object.fromEntries(
    stacks.map((stack) => [stack.stackName.replace(`Weir-${stage}-`, ''), Template.fromStack(stack)]),
  );
}

/** All resources of one type, with the part and logical id they have. */
export function resourcesOf(templates: Templates, type: string): [string, Resource][] {
  return Object.entries(templates).flatMap(([part, template]) =>
    Object.entries(template.findResources(type)).map(([id, resource]): [string, Resource] => [
      `${part}/${id}`,
      resource as Resource,
    ]),
  );
}

function stubBundles(code: string): Bundles {
  const root = temporaryDirectory();
  const directories = FunctionName.options.map((name) => {
    const directory = join(root, name);
    mkdirSync(directory);
    writeFileSync(join(directory, 'index.mjs'), code);
    return [name, directory];
  });
  return Object.fromEntries(directories);
}

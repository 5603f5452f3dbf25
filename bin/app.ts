import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { App } from 'aws-cdk-lib';
import { loadPipelines } from '../lib/adapters/files/load-pipelines.ts';
import { RuleError } from '../lib/core/alert/read-rules.ts';
import { PipelineError } from '../lib/core/pipeline/check-pipeline.ts';
import { datedPatterns } from '../lib/core/pipeline/dated-patterns.ts';
import { buildStacks } from '../lib/infra/build-stacks.ts';
import { BundleError, bundleFunctions } from '../lib/infra/bundle/bundle-functions.ts';
import { dataFiles } from '../lib/infra/bundle/data-files.ts';
import { FunctionName } from '../lib/infra/function-name.ts';
import { checkStage, loadStage, StageError } from '../lib/infra/stage/load-stage.ts';

/** Mistakes of whoever deploys: their message is all there is to know, a stack trace would only bury it. */
const MISTAKES = [StageError, BundleError, PipelineError, RuleError];

async function synthesize(): Promise<void> {
  const root = join(import.meta.dirname, '..');
  const app = new App();
  const stage = checkStage({
    ...loadStage(app.node.tryGetContext('stage'), process.env),
    tlsOnly: app.node.tryGetContext('tlsOnly') !== 'false',
  });
  const bundles = await bundleFunctions({
    names: FunctionName.options,
    functionsDirectory: join(root, 'functions'),
    // Beside the templates: stacks of several homes may be deployed at once.
    outputDirectory: join(app.outdir, '../dist'),
    dataFiles: dataFiles(root, stage.alerts),
  });
  const pipelines = loadPipelines(pathToFileURL(join(root, 'pipelines/')));
  buildStacks(app, { stage, bundles, datedPatterns: datedPatterns(pipelines) });
  app.synth();
}

try {
  await synthesize();
} catch (error) {
  if (!MISTAKES.some((Mistake) => error instanceof Mistake)) throw error;
  console.error((error as Error).message);
  process.exitCode = 1;
}

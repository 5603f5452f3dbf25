import { bridgeGaps } from './bridge-gaps.ts';
import { bootstrap, deploy, type StackOutputs } from './deploy.ts';
import { deploySettings } from './deploy-settings.ts';
import { readDeployment, writeDeployment } from './deployment-record.ts';
import type { Platform } from './platform.ts';
import type { Progress } from './progress.ts';
import { hashSources } from './source-hash.ts';
import { PROJECT_DIRECTORY, type StackPaths } from './stack-paths.ts';

/** Deploys what has changed since the last finished deployment to this very emulator, and gives the stacks' outputs. */
export async function deployChanges(
  paths: StackPaths,
  platform: Platform,
  progress: Progress,
): Promise<StackOutputs> {
  const settings = deploySettings(platform, process.env);
  const hash = hashSources(PROJECT_DIRECTORY, settings);
  const { emulatorId: emulator, awsEndpointUrl } = platform;
  const earlier = readDeployment(paths);
  if (earlier?.hash === hash && earlier.emulator === emulator) {
    progress.say('✓ Deployed before, nothing has changed');
    return earlier.outputs;
  }
  await progress.step('cdk bootstrap', () => bootstrap(paths, awsEndpointUrl), String);
  const outputs = await progress.step('cdk deploy', () => deploy(paths, awsEndpointUrl, settings));
  await progress.step(
    'Gaps of the emulator bridged',
    () => bridgeGaps(paths.cdkOut),
    (count) => `${count} resources`,
  );
  writeDeployment(paths, { hash, emulator, outputs });
  return outputs;
}

import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import type { FunctionName } from '../function-name.ts';
import type { DataFiles } from './data-files.ts';

/** The folder that each function is deployed from. */
export type Bundles = Readonly<Record<FunctionName, string>>;

/** Where to read the functions and where to write their bundles. */
export interface BundlePlan<Name extends string> {
  readonly names: readonly Name[];
  /** Holds a folder for each function, with its `handler.ts`. */
  readonly functionsDirectory: string;
  /** Gets `functions/<name>/` (what is deployed) and `meta/<name>.json` (esbuild's metafile). */
  readonly outputDirectory: string;
  readonly dataFiles: Readonly<Partial<Record<Name, DataFiles>>>;
}

/** A function cannot be bundled. The message says which and what to do. */
export class BundleError extends Error {
  override readonly name = 'BundleError';
}

/** Packages that are CommonJS call `require` for what Node has built in; an ES module has none of its own. */
const REQUIRE_BANNER =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

const BUILD_OPTIONS = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // The ES module build of the SDK's clients can be cut down to what is used; their CommonJS build cannot.
  mainFields: ['module', 'main'],
  // Whatever is imported on first use lands in a chunk of its own: a cold start does not read it.
  splitting: true,
  minify: true,
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'none',
  metafile: true,
  entryNames: 'index',
  chunkNames: 'chunk/[name]-[hash]',
  outExtension: { '.js': '.mjs' },
  banner: { js: REQUIRE_BANNER },
  logLevel: 'silent',
} as const satisfies BuildOptions;

/**
 * Bundles all functions at once, with their data files beside them. The same input gives the same bytes. Throws
 * BundleError where a function has no `handler.ts` or does not compile.
 */
export async function bundleFunctions<Name extends string>(
  plan: BundlePlan<Name>,
): Promise<Record<Name, string>> {
  await requireHandlers(plan);
  const bundled = await Promise.all(
    plan.names.map(async (name) => [name, await bundle(plan, name)] as const),
  );
  return Object.fromEntries(bundled) as Record<Name, string>;
}

async function requireHandlers<Name extends string>(plan: BundlePlan<Name>): Promise<void> {
  const found = await Promise.all(
    plan.names.map((name) =>
      access(handlerPath(plan, name)).then(
        () => true,
        () => false,
      ),
    ),
  );
  const missing = plan.names.filter((_, index) => !found[index]);
  if (missing.length === 0) return;
  throw new BundleError(
    `No handler.ts in ${missing.map((name) => join(plan.functionsDirectory, name)).join(', ')}. ` +
      'Every function folder needs a handler.ts that exports `handler`.',
  );
}

function handlerPath<Name extends string>(plan: BundlePlan<Name>, name: Name): string {
  return join(plan.functionsDirectory, name, 'handler.ts');
}

async function bundle<Name extends string>(plan: BundlePlan<Name>, name: Name): Promise<string> {
  const directory = join(plan.outputDirectory, 'functions', name);
  await rm(directory, { recursive: true, force: true });
  const [metafile] = await Promise.all([
    compile(handlerPath(plan, name), directory),
    writeDataFiles(directory, plan.dataFiles[name] ?? {}),
  ]);
  const metaDirectory = join(plan.outputDirectory, 'meta');
  await mkdir(metaDirectory, { recursive: true });
  await writeFile(join(metaDirectory, `${name}.json`), JSON.stringify(metafile));
  return directory;
}

async function compile(entry: string, outdir: string): Promise<Metafile> {
  try {
    const { metafile } = await build({ ...BUILD_OPTIONS, entryPoints: [entry], outdir });
    return metafile;
  } catch (error) {
    throw new BundleError(`Cannot bundle ${entry}: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}

async function writeDataFiles(directory: string, files: DataFiles): Promise<void> {
  await mkdir(directory, { recursive: true });
  await Promise.all(
    Object.entries(files).map(async ([name, make]) => writeFile(join(directory, name), await make())),
  );
}

import type { Metafile } from 'esbuild';

/** What a cold start reads of a bundle, as esbuild's metafile tells it. */
export interface StaticPart {
  /** Bytes of the entry and of everything it imports statically, transitively. */
  readonly bytes: number;
  /** Source modules in that part, as paths from the working directory. */
  readonly modules: readonly string[];
}

/** Measures the part of a bundle that is loaded before the first event: all but what `import()` reaches. */
export function staticPart(metafile: Metafile): StaticPart {
  // Not by `entryPoint`: to esbuild whatever `import()` reaches is an entry point too.
  const entry = Object.keys(metafile.outputs).find((path) => path.endsWith('/index.mjs'));
  if (entry === undefined) throw new Error('The metafile names no index.mjs.');
  const outputs = new Set([entry]);
  for (const path of outputs) {
    for (const { path: imported, kind, external } of metafile.outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && external !== true) outputs.add(imported);
    }
  }
  const parts = [...outputs].flatMap((path) => metafile.outputs[path] ?? []);
  return {
    bytes: parts.reduce((sum, part) => sum + part.bytes, 0),
    modules: parts.flatMap(({ inputs }) =>
      Object.keys(inputs).filter((module) => (inputs[module]?.bytesInOutput ?? 0) > 0),
    ),
  };
}

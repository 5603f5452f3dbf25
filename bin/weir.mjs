#!/usr/bin/env node
/** `npx weir …`: the CLI on the toolchain's Node, whatever Node runs this. */
import { handOver } from './hand-over.mjs';

await handOver('bin/weir.ts', process.argv.slice(2));

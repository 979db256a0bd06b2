#!/usr/bin/env node
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { runCode } from '../compiled.js';
import { tuneProgram } from '../v8.js';

declare const MESHWRIGHT_BUILD: string | undefined;

// V8 takes over what it compiled under the same flags only. They hold for all threads.
if (isMainThread) tuneProgram();
const entry = fileURLToPath(import.meta.url);
runCode({ file: path.join(path.dirname(entry), 'code', 'cli.js'), entry, build: MESHWRIGHT_BUILD });

import '../core/compile-cache';
import 'reflect-metadata';
import { failureText } from '../core/safe-error';
import { createProgram } from './program';

createProgram()
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(`${failureText(error)}\n`);
    process.exit(1);
  });

import type { Command } from './child.ts';

/** One program of the stack: how to prepare it, run it and tell that it is ready. */
export interface Part {
  name: string;
  title: string;
  /** As a person or another program would address it. */
  address: string;
  /** Writes configuration, creates what must exist; done before every start. */
  prepare(): Promise<void>;
  command(): Command;
  /** Whether it does its work by now; a rejected promise counts as no. */
  isReady(): Promise<boolean>;
  /** Milliseconds from start to ready, on a slow machine. */
  readyWithinMs: number;
}

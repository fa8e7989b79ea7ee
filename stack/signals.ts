/** A terminal, npm and the script runner may each pass on one and the same Ctrl-C. */
const echoMs = 1000;

/**
 * Resolves at the first SIGINT, SIGTERM or SIGHUP, or when the parent is gone: npm's shell passes no
 * signals on, so who ends npm would leave us behind. A second signal, from a person who does not want to wait,
 * ends this process at once: the guards then stop the parts by themselves.
 */
export function untilSignal(): Promise<NodeJS.Signals> {
  return new Promise((done) => {
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid !== parent) done('SIGHUP');
    }, 1_000);
    watch.unref();
    let askedAt: number | null = null;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (askedAt !== null && Date.now() - askedAt > echoMs) process.exit(130);
        askedAt ??= Date.now();
        done(signal);
      });
    }
  });
}

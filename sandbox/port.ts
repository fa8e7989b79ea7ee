/** The port that the environment gives in `name`; 0 is any free one. */
export function portFrom(
  env: Record<string, string | undefined>,
  name: string,
  byDefault: number,
): number {
  const value = Number(env[name] || byDefault);
  if (Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
  throw new RangeError(`${name}=${env[name]}: a port is a whole number from 0 to 65535`);
}

/** Makes of «address in use» an error that names the setting which moves the port. */
export function portTaken(setting: string) {
  return (error: NodeJS.ErrnoException & { port?: number }): never => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new Error(`port ${error.port} is in use: set ${setting} to a free one`, { cause: error });
  };
}

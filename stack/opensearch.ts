import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Java } from './java.ts';
import { getJson } from './json-http.ts';
import { jvmOptions } from './jvm.ts';
import type { Part } from './part.ts';
import { loopback } from './ports.ts';
import type { StackSettings } from './settings.ts';

export const clusterName = 'opensearch';
export const opensearchUrl = (settings: StackSettings) =>
  `http://${loopback}:${settings.ports.opensearch}`;

/** OpenSearch as one node without plugins; its data lives in `<data>/opensearch/node_1/data`. */
export function opensearchPart(settings: StackSettings, java: Java, jars: string): Part {
  const baseDir = join(settings.dataDir, 'opensearch');
  const nodeDir = join(baseDir, 'node_1');
  const configDir = join(nodeDir, 'config');
  const logPath = join(settings.dataDir, 'logs', 'opensearch.log');
  const url = opensearchUrl(settings);
  return {
    name: 'opensearch',
    title: 'OpenSearch',
    address: url,
    readyWithinMs: 180_000,
    async prepare() {
      await mkdir(configDir, { recursive: true });
      await writeFile(join(configDir, 'opensearch.yml'), stringify(nodeSettings));
      await writeFile(join(configDir, 'log4j2.properties'), log4jProperties(inProperties(logPath)));
    },
    command: () => ({
      name: 'opensearch',
      command: java.path,
      args: [
        ...jvmOptions(1024),
        '-cp',
        join(jars, '*'),
        'org.codelibs.opensearch.runner.OpenSearchRunner',
        ...['-basePath', baseDir, '-numOfNode', '1', '-clusterName', clusterName],
        // The launcher numbers its nodes from one and adds the number to the port.
        ...['-baseHttpPort', String(settings.ports.opensearch - 1)],
      ],
      stopSignal: 'SIGTERM',
      graceMs: 30_000,
    }),
    async isReady() {
      const health = (await getJson(`${url}/_cluster/health`)) as { status?: string } | null;
      if (health?.status !== 'green' && health?.status !== 'yellow') return false;
      // The launcher moves on to another port if ours is taken: is it our node that answers?
      const nodes = (await getJson(`${url}/_nodes/_local/settings`)) as NodesAnswer | null;
      const home = Object.values(nodes?.nodes ?? {})[0]?.settings.path.home;
      if (home === undefined || (await realpath(home)) === (await realpath(nodeDir)))
        return home !== undefined;
      throw new Error(
        `port ${settings.ports.opensearch} is answered by another OpenSearch, of ${home}`,
      );
    },
  };
}

interface NodesAnswer {
  nodes: Record<string, { settings: { path: { home: string } } }>;
}

const nodeSettings = {
  'network.host': loopback,
  'discovery.type': 'single-node',
  // Nobody else speaks to this node, so any port will do.
  'transport.port': 0,
  // By default a disk that is 95 % full makes every index read-only.
  'cluster.routing.allocation.disk.threshold_enabled': false,
  // Saves a setting of the kernel (vm.max_map_count) that needs root.
  'node.store.allow_mmap': false,
  'action.auto_create_index': true,
};

/** A Java properties file is Latin-1, and the backslash is its escape. */
const inProperties = (text: string) =>
  text.replaceAll(/[^ -~]|\\/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

const log4jProperties = (path: string) => `status = error
appender.file.type = RollingFile
appender.file.name = file
appender.file.fileName = ${path}
appender.file.filePattern = ${path}.%i.gz
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = %d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z'}{UTC} %-5p %c{1.} - %m%n
appender.file.policies.type = Policies
appender.file.policies.size.type = SizeBasedTriggeringPolicy
appender.file.policies.size.size = 20MB
appender.file.strategy.type = DefaultRolloverStrategy
appender.file.strategy.max = 3
rootLogger.level = info
rootLogger.appenderRef.file.ref = file
`;

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stringify } from 'yaml';
import { brokerRestUrl, grpcAddress, recordPrefix } from './broker.ts';
import type { Java } from './java.ts';
import { camundaCommand, log4jXml } from './jvm.ts';
import { clusterName, opensearchUrl } from './opensearch.ts';
import type { Part } from './part.ts';
import { loopback } from './ports.ts';
import type { StackSettings } from './settings.ts';

export const tasklistUrl = (settings: StackSettings) =>
  `http://localhost:${settings.ports.tasklist}`;

/** Operate and Tasklist in one JVM beside the broker; they keep everything in OpenSearch. */
export function webappsPart(settings: StackSettings, java: Java, camundaHome: string): Part {
  const homeDir = join(settings.dataDir, 'webapps');
  const configPath = join(homeDir, 'webapps.yaml');
  return {
    name: 'webapps',
    title: 'Tasklist and Operate',
    address: tasklistUrl(settings),
    readyWithinMs: 300_000,
    async prepare() {
      await mkdir(homeDir, { recursive: true });
      await writeFile(configPath, stringify(webappsConfig(settings)));
      await writeFile(
        join(homeDir, 'log4j2.xml'),
        log4jXml(join(settings.dataDir, 'logs', 'webapps.log')),
      );
    },
    command: () => ({
      name: 'webapps',
      ...camundaCommand({
        java,
        camundaHome,
        homeDir,
        mainClass: 'io.camunda.application.StandaloneCamunda',
        heapMegabytes: 1024,
      }),
      env: {
        SPRING_CONFIG_ADDITIONAL_LOCATION: pathToFileURL(configPath).href,
        // With the broker's profile in the same JVM, Tasklist 8.6.0 cannot complete a Camunda user task.
        SPRING_PROFILES_ACTIVE: 'operate,tasklist,auth',
      },
      stopSignal: 'SIGTERM',
      graceMs: 30_000,
    }),
    async isReady() {
      const response = await fetch(`http://${loopback}:${settings.ports.tasklist}/tasklist`, {
        signal: AbortSignal.timeout(5000),
      });
      await response.body?.cancel();
      return response.ok;
    },
  };
}

/** The configuration file of Operate and Tasklist, as an object. */
export function webappsConfig(settings: StackSettings): object {
  const opensearch = { clusterName, url: opensearchUrl(settings) };
  const importer = { readerBackoff: 500, schedulerBackoff: 500 };
  const common = {
    database: 'opensearch',
    importer,
    opensearch: { ...opensearch, numberOfReplicas: 0 },
    zeebeOpensearch: { ...opensearch, prefix: recordPrefix },
  };
  return {
    server: { address: loopback, port: settings.ports.tasklist },
    management: { server: { address: loopback, port: settings.ports.webappsManagement } },
    spring: { main: { 'banner-mode': 'off' } },
    // By default it would listen on every address of the machine.
    zeebe: { gateway: { cluster: { host: loopback, port: settings.ports.webappsInternal } } },
    camunda: {
      database: { type: 'opensearch', ...opensearch },
      operate: { ...common, zeebe: { gatewayAddress: grpcAddress(settings) } },
      tasklist: {
        ...common,
        // It needs index state management, a plugin that plain OpenSearch lacks.
        archiverEnabled: false,
        zeebe: { gatewayAddress: grpcAddress(settings), restAddress: brokerRestUrl(settings) },
      },
    },
  };
}

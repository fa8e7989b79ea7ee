import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stringify } from 'yaml';
import type { Java } from './java.ts';
import { getJson } from './json-http.ts';
import { camundaCommand, log4jXml } from './jvm.ts';
import { opensearchUrl } from './opensearch.ts';
import type { Part } from './part.ts';
import { loopback } from './ports.ts';
import type { StackSettings } from './settings.ts';

/** Names of the indices that the broker's exporter writes start with this. */
export const recordPrefix = 'zeebe-record';
export const brokerRestUrl = (settings: StackSettings) =>
  `http://${loopback}:${settings.ports.brokerRest}`;
export const grpcAddress = (settings: StackSettings) => `localhost:${settings.ports.grpc}`;

/** The Zeebe broker with its gateway; its state lives in `<data>/zeebe`. */
export function brokerPart(settings: StackSettings, java: Java, camundaHome: string): Part {
  const homeDir = join(settings.dataDir, 'broker');
  const configPath = join(homeDir, 'broker.yaml');
  return {
    name: 'broker',
    title: 'Zeebe',
    address: grpcAddress(settings),
    readyWithinMs: 240_000,
    async prepare() {
      await mkdir(homeDir, { recursive: true });
      await writeFile(configPath, stringify(brokerConfig(settings)));
      await writeFile(
        join(homeDir, 'log4j2.xml'),
        log4jXml(join(settings.dataDir, 'logs', 'broker.log')),
      );
    },
    command: () => ({
      name: 'broker',
      ...camundaCommand({
        java,
        camundaHome,
        homeDir,
        mainClass: 'io.camunda.application.StandaloneBroker',
        heapMegabytes: 768,
      }),
      env: { SPRING_CONFIG_ADDITIONAL_LOCATION: pathToFileURL(configPath).href },
      stopSignal: 'SIGTERM',
      graceMs: 30_000,
    }),
    async isReady() {
      const topology = (await getJson(`${brokerRestUrl(settings)}/v2/topology`)) as Topology | null;
      return (topology?.brokers ?? [])
        .flatMap(({ partitions }) => partitions)
        .some(({ role, health }) => role === 'leader' && health === 'healthy');
    },
  };
}

/**
 * Each type of record gets an index a day, and tests move the clock over many days. Neither Operate nor
 * Tasklist reads the types that are left out here.
 */
const fewerIndices = {
  numberOfShards: 1,
  message: false,
  messageBatch: false,
  messageSubscription: false,
  messageStartEventSubscription: false,
  messageCorrelation: false,
  processEvent: false,
  processInstanceCreation: false,
  deployment: false,
  deploymentDistribution: false,
  commandDistribution: false,
};

interface Topology {
  brokers: { partitions: { role: string; health: string }[] }[];
}

/** The broker's configuration file, as an object. */
export function brokerConfig(settings: StackSettings): object {
  const { ports } = settings;
  return {
    // This API has no login here, so it is for this machine alone.
    server: { address: loopback, port: ports.brokerRest },
    management: { server: { address: loopback, port: ports.brokerManagement } },
    spring: { main: { 'banner-mode': 'off' } },
    zeebe: {
      broker: {
        network: {
          host: loopback,
          commandApi: { port: ports.brokerCommand },
          internalApi: { port: ports.brokerInternal },
        },
        gateway: { enable: true, network: { host: loopback, port: ports.grpc } },
        data: {
          directory: join(settings.dataDir, 'zeebe'),
          logSegmentSize: '16MB',
          // The defaults (2 GB, 1 GB) would stop the broker on a fairly full disk.
          disk: { freeSpace: { processing: '300MB', replication: '200MB' } },
        },
        exporters: {
          opensearch: {
            className: 'io.camunda.zeebe.exporter.opensearch.OpensearchExporter',
            args: {
              url: opensearchUrl(settings),
              bulk: { delay: 1, ...(settings.fastExport ? { size: 1 } : {}) },
              index: {
                prefix: recordPrefix,
                numberOfReplicas: 0,
                ...(settings.fastExport ? fewerIndices : {}),
              },
            },
          },
        },
      },
    },
  };
}

import { join } from 'node:path';
import type { Java } from './java.ts';

/** Options common to our JVMs: small, quick to start, in UTC, gone at once when memory runs out. */
export function jvmOptions(heapMegabytes: number): string[] {
  return [
    `-Xmx${heapMegabytes}m`,
    '-Xms128m',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-XX:+ExitOnOutOfMemoryError',
    '-Duser.timezone=UTC',
    '-Dfile.encoding=UTF-8',
    '--enable-native-access=ALL-UNNAMED',
  ];
}

/** A program of the Camunda distribution, run without its shell script. */
export function camundaCommand(options: {
  java: Java;
  camundaHome: string;
  mainClass: string;
  heapMegabytes: number;
  /** Its own folder: configuration, and what it resolves relative paths against. */
  homeDir: string;
}): { command: string; args: string[] } {
  const { java, camundaHome, homeDir } = options;
  return {
    command: java.path,
    args: [
      ...jvmOptions(options.heapMegabytes),
      `-Dapp.home=${homeDir}`,
      `-Dbasedir=${homeDir}`,
      `-Dlog4j2.configurationFile=${join(homeDir, 'log4j2.xml')}`,
      `-Dlogging.config=${join(homeDir, 'log4j2.xml')}`,
      '-cp',
      [join(camundaHome, 'config'), join(camundaHome, 'lib', '*')].join(
        process.platform === 'win32' ? ';' : ':',
      ),
      options.mainClass,
    ],
  };
}

/** Operate 8.6.0 has it write five lines about each task that has no date to follow up. */
const CHATTY = 'io.camunda.operate.zeebeimport.processors.UserTaskZeebeRecordProcessor';

/** A log file of at most 20 MB, with three older ones kept. */
export function log4jXml(path: string): string {
  const escaped = path.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  return `<?xml version="1.0" encoding="UTF-8"?>
<Configuration status="WARN" shutdownHook="disable">
  <Appenders>
    <RollingFile name="File" fileName="${escaped}" filePattern="${escaped}.%i.gz">
      <PatternLayout pattern="%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z'}{UTC} %-5level %logger{36} - %msg%n"/>
      <Policies><SizeBasedTriggeringPolicy size="20 MB"/></Policies>
      <DefaultRolloverStrategy max="3"/>
    </RollingFile>
  </Appenders>
  <Loggers>
    <Logger name="${CHATTY}" level="error"/>
    <Root level="info"><AppenderRef ref="File"/></Root>
  </Loggers>
</Configuration>
`;
}

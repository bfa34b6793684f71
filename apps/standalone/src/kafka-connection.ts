import { readFileSync } from 'node:fs';
import type { KafkaConnection } from '#messaging/kafka';
import { ConfigError, type Config, type Logger } from '#platform';

export type KafkaConfig = Config & { readonly kafkaBrokers: readonly string[] };

/** How this configuration reaches Kafka. @throws ConfigError when it cannot be meant like this */
export const connectionOf = (config: KafkaConfig, logger: Logger): KafkaConnection => ({
  brokers: config.kafkaBrokers,
  ...tlsOf(config),
  ...saslOf(config),
  log: ({ level, message, details }) =>
    level === 'error' ? logger.warn(`Kafka: ${message}`, { details }) : logger.debug(`Kafka: ${message}`, { details }),
});

const tlsOf = ({ kafkaTls, kafkaCaFile }: KafkaConfig): Pick<KafkaConnection, 'ssl'> => {
  if (kafkaTls === 'true') return { ssl: kafkaCaFile === undefined ? true : { ca: textOf(kafkaCaFile) } };
  if (kafkaCaFile === undefined) return {};
  throw new ConfigError('KAFKA_CA_FILE is for TLS: set KAFKA_TLS=true.');
};

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new ConfigError(`KAFKA_CA_FILE ${file} cannot be read.`);
  }
};

const saslOf = (config: KafkaConfig): Pick<KafkaConnection, 'sasl'> => {
  const { kafkaSaslMechanism: mechanism, kafkaUsername: username, kafkaPassword: password } = config;
  if (mechanism === undefined) return {};
  if (username === undefined || password === undefined)
    throw new ConfigError('KAFKA_SASL_MECHANISM needs KAFKA_USERNAME and KAFKA_PASSWORD.');
  // The type of the client has a member for each mechanism.
  return { sasl: { mechanism, username, password } as KafkaConnection['sasl'] & object };
};

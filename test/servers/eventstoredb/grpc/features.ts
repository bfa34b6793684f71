import type { handleUnaryCall, ServiceDefinition } from '@grpc/grpc-js';
import { features, gossipService, streamsService, type shared } from './messages.js';

/** The release whose answers these are. */
const serverVersion = '23.10.6';

/** ServerFeatures: the client takes the batch path when it stands here. */
export const featuresHandler: handleUnaryCall<shared.Empty, features.SupportedMethods> = (_call, answer) => {
  const methods = [streamsService.StreamsService, gossipService.GossipService].flatMap(methodsOf);
  answer(null, new features.SupportedMethods().setMethodsList(methods).setEventStoreServerVersion(serverVersion));
};

const methodsOf = (service: ServiceDefinition): features.SupportedMethod[] =>
  Object.values(service).map(({ path }) => {
    const [, serviceName = '', methodName = ''] = path.toLowerCase().split('/');
    return new features.SupportedMethod().setServiceName(serviceName).setMethodName(methodName);
  });

import { type VersionFamily } from '../effects/index.js';

/** The header in which every answer of the webservice names the shop's version. Refused keys are told version 0. */
export const versionHeader = 'psws-version';

/** The family of a version such as `8.2.1`; undefined where nothing is known about it. 1.7 alone of the old ones is supported. */
export const familyOf = (version: string): VersionFamily | undefined => {
  const [major, minor] = version.split('.');
  if (major === '1') return minor === '7' ? '1.7' : undefined;
  return major === '8' || major === '9' ? major : undefined;
};

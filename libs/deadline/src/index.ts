export { endWith, within, type Bounds } from './within.js';

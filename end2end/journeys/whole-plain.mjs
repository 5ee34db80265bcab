// The whole way again with a browser that runs no scripts: its own file, since it needs the same Practice unfinished.
import { run } from './whole.mjs';

export default [{ name: 'a whole assessment, without scripts', js: false, run }];

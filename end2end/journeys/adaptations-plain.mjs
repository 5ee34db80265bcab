// The same with a browser that runs no scripts: its own file, since it needs the same Practice unfinished.
import { run } from './adaptations.mjs';

export default [{ name: 'an adaptation from proposal to end, without scripts', js: false, run }];

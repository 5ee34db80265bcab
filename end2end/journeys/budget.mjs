// What a first visit costs over the network: bytes as sent, compressed, with style, scripts and WebAssembly.

/** Visits a page with an empty cache: all bytes, and the names of what was fetched. */
async function firstVisit(page, path) {
  const fresh = await page.context().browser().newContext({ storageState: await page.context().storageState(), baseURL: new URL(page.url()).origin });
  const visitor = await fresh.newPage();
  await visitor.goto(path, { waitUntil: 'networkidle' });
  const fetched = await visitor.evaluate(() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .map(entry => ({ name: entry.name, bytes: entry.transferSize })));
  await fresh.close();
  return { bytes: fetched.reduce((sum, entry) => sum + entry.bytes, 0), names: fetched.map(entry => entry.name) };
}

export default [
  {
    name: 'a first visit of an element page stays within 110 kB, and pages without an island load no WebAssembly',
    js: true,
    async run(page, t) {
      await t.signIn(page, 'lead');
      const form = await firstVisit(page, '/practices/quillbridge/2026/elements/governance-and-national-support');
      t.ok(form.bytes > 0 && form.bytes <= 110_000, `the element page costs ${form.bytes} bytes`);
      t.ok(form.names.some(name => name.endsWith('.wasm')), 'the element page has islands');
      for (const path of ['/', '/frameworks', '/practices/quillbridge/2026', '/practices/quillbridge/2025/report']) {
        const plain = await firstVisit(page, path);
        t.equal(plain.names.filter(name => /\.(wasm|js)$/.test(name)), [], `${path} loads no script`);
        t.ok(plain.bytes <= 60_000, `${path} costs ${plain.bytes} bytes`);
      }
    },
  },
];

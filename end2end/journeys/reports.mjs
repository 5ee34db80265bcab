// Reports as people get them: fetched through their page, their text held against what the database says.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { download, main } from './steps.mjs';

/** Letters and digits only: a page breaks lines, hyphenates and sets bullets. */
const bare = text => text.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '');

const pages = path => execFileSync('pdftotext', ['-raw', path, '-'], { maxBuffer: 64 << 20 }).toString().split('\f');

/** A PDF's text without the lines that run along the foot and head of each page. */
function textOf(path) {
  execFileSync('qpdf', ['--check', path], { stdio: 'pipe' });
  return pages(path).map(page => {
    const lines = page.trimEnd().split('\n');
    const running = / · version \S+( {1,}Page \d+ of \d+)?$/.test(lines.at(-1)) ? 2 : 0;
    return lines.slice(0, lines.length - running).join('\n');
  }).join('\n');
}

const json = path => JSON.parse(readFileSync(path, 'utf8'));
/** What the database holds on a Practice's year beside the answers, as [kind, text]: adaptations in force, actions that stand in
 *  its plan, reasons for none, support since the previous assessment, titles of cited evidence. Clarifications are in no
 *  export: they come from the report's own file. */
function beside(t, place, report, earlier) {
  const records = kind => JSON.parse(t.command('export', kind, '--format', 'json')).filter(one => one.practice === place);
  const day = instant => instant.slice(0, 10);
  const since = earlier.imported ? '' : earlier.day, until = report.day, on = report.register.day;
  const agreed = records('adaptations').filter(({ ruling, ruled_at }) => ['consistent', 'not_consistent'].includes(ruling) && day(ruled_at) <= until);
  const latest = new Map(agreed.sort((a, b) => a.round - b.round).map(one => [one.key, one]));
  const inForce = [...latest.values()].filter(one => one.since <= on && on <= (one.ruling_until ?? '9999'));
  const [plan, none] = [records('actions').filter(one => one.state !== 'none'), records('actions').filter(one => one.state === 'none')];
  const stands = ({ cycle, state, closed_at }) => cycle === '2026' || cycle < '2026' && (state === 'open' || day(closed_at) > since);
  const support = records('support').filter(({ recorded_at }) => since < day(recorded_at) && day(recorded_at) < until);
  const cited = records('evidence').filter(({ cited }) => cited?.split(' ').some(where => where.startsWith('2026/')));
  return [
    ...inForce.map(one => ['adaptation', one.title]),
    ...plan.filter(stands).flatMap(one => [['action', one.what], ['owner', one.owner]]),
    ...none.filter(one => one.cycle === '2026').map(one => ['reason', one.why]),
    ...support.flatMap(one => [['support', one.what], ['support', one.comment]]),
    ...cited.map(one => ['evidence', one.title]),
    ...report.criteria.flatMap(one => one.clarification?.messages ?? []).map(message => ['clarification', message.text]),
  ].filter(([, text]) => text);
}

const oneDecimal = score => {
  const nearest = Math.round(score * 10 + 1e-9) / 10;
  // never a limit that is not reached
  const crosses = [3, 4, 5].some(limit => nearest >= limit && score < limit - 1e-9);
  return (crosses ? nearest - 0.1 : nearest).toFixed(1);
};

export default [
  {
    name: 'the national report as PDF says what the database says',
    async run(page, t) {
      const reviewer = await t.open('reviewer');
      await reviewer.goto('/reports');
      await reviewer.getByRole('link', { name: '2026 under version 2026.1' }).click();
      const pdf = await download(reviewer, 'Download as PDF');
      t.equal(pdf.name, 'national-2026.pdf');
      const text = textOf(pdf.path), words = text.replace(/\s+/g, ' '), letters = bare(text);
      const report = json((await download(reviewer, 'Download as JSON')).path);
      const stored = JSON.parse(t.command('export', 'assessments', '--cycle', '2026', '--format', 'json'));

      t.equal(report.practices.map(one => one.practice).sort(), stored.map(one => one.practice.slug).sort(), 'every finished assessment counts');
      t.ok(report.practices.length > 10);
      const html = await main(reviewer).innerText();
      for (const { name, overall } of report.practices) {
        const row = `${name} ${oneDecimal(overall.score)}`;
        t.ok(words.includes(row), `“${row}” in the PDF`);
        t.ok(html.replace(/\s+/g, ' ').includes(row), `“${row}” on the page`);
      }
      const own = pages(pdf.path), begins = report.practices.map(({ name }) => own.findIndex(page => `\n${page}`.includes(`\n${name}\nThe`)));
      t.ok(begins[0] > 0);
      t.equal(begins, begins.map((_, place) => begins[0] + place), 'each Practice has one page of its own');
      for (const { title } of [...report.elements, ...report.criteria]) t.ok(letters.includes(bare(title)), `“${title}” in the PDF`);
      for (const { name, status } of report.unfinished) t.ok(words.includes(name) && status !== 'finalised', `${name} is named as under way`);
    },
  },
  {
    name: 'the figures of the national report are those of the answers',
    async run(page, t) {
      const reviewer = await t.open('reviewer');
      await reviewer.goto('/reports/2026');
      const report = json((await download(reviewer, 'Download as JSON')).path);
      const stored = JSON.parse(t.command('export', 'assessments', '--cycle', '2026', '--format', 'json'));
      const used = ({ answer, review, agreement }) => agreement.rating ?? review.rating ?? answer.response?.rated ?? null;
      for (const { id, n, share_at_4: share } of report.criteria) {
        const ratings = stored.map(({ entries }) => entries[id]).filter(entry => entry && entry.answer.response?.rated).map(used);
        t.equal([id, n], [id, ratings.length]);
        t.ok(Math.abs(share - ratings.filter(rating => rating >= 4).length / n) < 1e-9, `${id}: ${share} at 4 or more`);
      }
    },
  },
  {
    name: 'a Practice report as PDF holds every text that anybody wrote',
    async run(page, t) {
      const stored = JSON.parse(t.command('export', 'assessments', '--cycle', '2026', '--format', 'json'));
      const kinds = new Set();
      // two reviewed the first and the last; the second has adaptations in force, the last was given support
      for (const place of ['marrowdale', 'thistlewick-bay', 'emberholt']) {
        const lead = await t.open(`lead.${place}`);
        await lead.goto(`/practices/${place}/2025/report`);
        const earlier = json((await download(lead, 'Download as JSON')).path);
        await lead.goto(`/practices/${place}`);
        await lead.getByRole('link', { name: '2026 under version' }).click();
        const letters = bare(textOf((await download(lead, 'Download as PDF')).path));
        const csv = bare(readFileSync((await download(lead, 'Download as CSV')).path, 'utf8'));
        const report = json((await download(lead, 'Download as JSON')).path);
        const shown = bare(await main(lead).innerText());
        const { entries } = stored.find(one => one.practice.slug === place);
        const said = Object.entries(entries).flatMap(([id, { answer, review, readings = [], agreement }]) =>
          [answer.evidence, answer.comment, answer.adaptation, review.comment, review.question, agreement.comment, answer.response?.not_applicable,
            ...readings.map(reading => reading.comment)].filter(Boolean).map(text => [id, text]));
        t.ok(said.length > 80, `${said.length} texts`);
        const also = beside(t, place, report, earlier);
        also.forEach(([kind]) => kinds.add(kind));
        const texts = [...said, ...also];
        // a page's text does not hold the numbers of a numbered list
        const unnumbered = text => text.replace(/^\d+\. /gm, '');
        const stands = (text, inside) => inside.includes(bare(text)) || inside.includes(bare(unnumbered(text)));
        const missing = (where, inside) => t.equal(texts.filter(([, text]) => !stands(text, inside)), [], `texts of ${place} missing in ${where}`);
        missing('the PDF', letters);
        missing('the CSV file', csv);
        missing('the page', shown);
      }
      for (const kind of ['adaptation', 'action', 'owner', 'reason', 'support', 'evidence']) t.ok(kinds.has(kind), `there is ${kind}`);
    },
  },
  {
    name: 'a report without scripts is the same page, and its files come',
    js: false,
    async run(page, t) {
      const lead = await t.open('lead');
      await lead.goto('/practices/quillbridge/2025/report');
      for (const [link, name] of [
        ['PDF', 'quillbridge-2025.pdf'],
        ['Excel', 'quillbridge-2025.xlsx'],
        ['CSV', 'quillbridge-2025.csv'],
        ['JSON', 'quillbridge-2025.json'],
      ])
        t.equal((await download(lead, `Download as ${link}`)).name, name);
      t.ok((await main(lead).innerText()).includes('How to read the figures'));
    },
  },
];

import { COLOURS, PAPERS } from './picture';

/** The style of a page, for light and dark, for a desk and a phone; with no rule that fetches anything. */
export const PAGE_STYLE = [
  `:root{color-scheme:light dark;--paper:${PAPERS.light};--ink:#1f2328;--faint:#59636e;--line:#d8dee4;--card:#f6f8fa;--good:${COLOURS.ready};--bad:${COLOURS.lost};--doubt:#8a6100}`,
  `@media (prefers-color-scheme:dark){:root{--paper:${PAPERS.dark};--ink:#e6edf3;--faint:#9198a1;--line:#2a313c;--card:#161b22;--good:#3fb996;--bad:#ff7b72;--doubt:#d9a520}}`,
  '*{box-sizing:border-box}',
  'body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif;overflow-wrap:break-word}',
  'main,footer{max-width:1060px;margin:0 auto;padding:0 1rem}main{padding-top:2rem}',
  '.kind,.meta,footer,small,dt{color:var(--faint)}.kind{margin:0;font-size:.85rem;letter-spacing:.04em}',
  'h1{font-size:1.75rem;line-height:1.2;margin:.25rem 0}h2{font-size:1.2rem;margin:2.5rem 0 .75rem}.meta{margin:0 0 1.5rem;font-size:.9rem}',
  '.verdict{margin:0 0 1rem;padding:1rem 1.25rem;background:var(--card);border-left:6px solid;border-radius:6px}',
  '.verdict b{display:block;font-size:1.6rem;line-height:1.3}.verdict span{color:var(--ink)}',
  '.held{color:var(--good)}.lost{color:var(--bad)}.unproven{color:var(--doubt)}',
  'dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(145px,1fr));gap:.75rem;margin:0 0 1.5rem}',
  'dl div{padding:.6rem .9rem;background:var(--card);border-radius:6px}dt{font-size:.85rem}dd{margin:0;font-size:1.25rem;font-weight:600}',
  'figure{margin:0}figure svg{display:block;width:100%;height:auto}.narrow{display:none}figcaption{font-size:.85rem;color:var(--faint);margin-top:.25rem}',
  '@media (max-width:700px){.narrow{display:block}.beside{display:none}h1{font-size:1.4rem}.verdict b{font-size:1.35rem}}',
  'ul{list-style:none;padding:0;margin:0}li{padding:.6rem .9rem;margin-bottom:.5rem;background:var(--card);border-radius:6px}',
  '.why li{border-left:4px solid var(--bad)}.change li{border-left:4px solid var(--doubt)}.back li{border-left:4px solid var(--good)}small{display:block}',
  'table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums;width:100%}',
  'th,td{text-align:left;padding:.4rem .75rem;border-bottom:1px solid var(--line);vertical-align:top}thead th{color:var(--faint);font-weight:500;vertical-align:bottom}',
  'th:first-child{padding-left:0}th[scope=row]{font-weight:600}.number{text-align:right;white-space:nowrap}',
  'code{font:.9em ui-monospace,monospace}summary{margin:1.5rem 0 .75rem;cursor:pointer;font-weight:600}',
  ':focus-visible{outline:2px solid #1f77b4;outline-offset:2px}footer{margin:3rem auto 2rem;font-size:.85rem}',
  // On a phone each row is a card, and each cell says which column it is of.
  '@media (max-width:700px){thead{display:none}table,tbody{display:block}tr{display:grid;grid-template-columns:repeat(2,1fr);gap:.25rem .75rem;',
  'padding:.6rem .9rem;margin-bottom:.5rem;background:var(--card);border-radius:6px}th,td,.number{display:block;border:0;padding:0;text-align:left;white-space:normal}',
  'th[scope=row]{grid-column:1/-1;overflow-wrap:anywhere}td::before{content:attr(data-head);display:block;font-size:.8rem;color:var(--faint)}}',
].join('');

// Two files run at a time: the longest first, so that none is left alone at the end. Files that want the nodes for themselves are far apart:
// drill and matrix drain some, in-place and examples label some.
const Sequencer = require('@jest/test-sequencer').default;

const ORDER = [
  'drill', 'pulumi/pulumi', 'long-connections', 'matrix', 'applications/rolled', 'speed', 'pulumi/languages', 'pulumi/charts', 'pulumi/examples',
  'in-place', 'waves', 'roll', 'warm-up', 'applications/alone', 'applications/goaway', 'drill-page', 'articles', 'examples',
];

const placeOf = ({ path }) => {
  const place = ORDER.findIndex((name) => path.endsWith(`/e2e/${name}.e2e.test.ts`));
  if (place < 0) throw new Error(`${path} must have its place in test/e2e/sequencer.js`);
  return place;
};

module.exports = class extends Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => placeOf(a) - placeOf(b));
  }
};

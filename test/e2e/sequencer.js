// Two files run at a time, and each free place takes the next of this list. Files that send much (matrix, applications/rolled, drill) stand
// beside some that mostly wait: on two processors a second one of them makes the clients late, and their counts worth nothing. Files that
// want the nodes for themselves are apart: drill and matrix drain some, in-place and examples label some.
const Sequencer = require('@jest/test-sequencer').default;

const ORDER = [
  'matrix', 'long-connections', 'examples', 'drill-page',
  'applications/rolled', 'pulumi/languages', 'pulumi/charts', 'pulumi/examples', 'articles', 'applications/shared-node', 'applications/alone', 'applications/goaway', 'warm-up',
  'drill', 'pulumi/pulumi',
  'speed', 'waves',
  'in-place', 'roll',
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

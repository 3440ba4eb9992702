/** A drill that cannot go on: the cluster did not do what it was asked to do, or not in time. */
export class DrillError extends Error {
  public override readonly name = 'DrillError';
}

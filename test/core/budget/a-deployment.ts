/** A rolling update as the deployment controller does it, step by step, with pods that become available when they are told to. */
export class SimulatedRollout {
  public old: number;
  public unavailable = 0;
  public available = 0;

  constructor(private readonly replicas: number, private readonly surge: number, private readonly mayMiss: number) {
    this.old = replicas;
  }

  public get done(): boolean {
    return this.old === 0 && this.available === this.replicas;
  }

  public get pods(): number {
    return this.old + this.unavailable + this.available;
  }

  public becomeAvailable(pods: number): void {
    const now = Math.min(pods, this.unavailable);
    this.unavailable -= now;
    this.available += now;
  }

  /** Lets the controller act until it has nothing more to do. @returns the number of old pods it deleted */
  public reconcile(): number {
    const before = this.old;
    while (this.scaleUp() || this.scaleDown());
    return before - this.old;
  }

  /** rolling.go reconcileNewReplicaSet, deployment_util.go NewRSNewReplicas */
  private scaleUp(): boolean {
    const created = this.unavailable + this.available;
    const more = Math.min(this.replicas + this.surge - this.pods, this.replicas - created);
    if (more <= 0) return false;
    this.unavailable += more;
    return true;
  }

  /** rolling.go reconcileOldReplicaSets, scaleDownOldReplicaSetsForRollingUpdate; all old pods are healthy */
  private scaleDown(): boolean {
    const minAvailable = this.replicas - this.mayMiss;
    if (this.old === 0 || this.pods - minAvailable - this.unavailable <= 0) return false;
    const fewer = Math.min(this.old, this.old + this.available - minAvailable);
    if (fewer <= 0) return false;
    this.old -= fewer;
    return true;
  }
}

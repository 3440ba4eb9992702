/** Rolls the Deployment: restarts it, or applies a manifest. */
export interface RollAction {
  readonly kind: 'roll';
  /**
   * Text of a manifest (YAML or JSON) for `kubectl apply`. It must have the Deployment, and change its pod template or its replicas: the
   * API server is asked first, by a dry run. What else is in it is applied, too, and never taken back.
   * @default - the Deployment is restarted as it is
   */
  readonly manifest?: string;
}

/** Starts a roll, and rolls back when half of the new pods are ready. */
export interface RollBackAction {
  readonly kind: 'roll-back';
}

/** Rolls out a version whose first container never gets ready, and takes it back. */
export interface NeverReadyAction {
  readonly kind: 'never-ready';
  /** How long it is left to try, 1 to 3,600. @default 20 */
  readonly forSeconds?: number;
}

/** Starts a roll, and a second one when half of the first one's pods are ready. */
export interface TwoRollsAction {
  readonly kind: 'two-rolls';
}

/** Cordons a node and evicts the Deployment's pods from it; nothing else is evicted. The node is uncordoned afterwards. */
export interface DrainNodeAction {
  readonly kind: 'drain-node';
  /** @default - the node that has most of the Deployment's pods */
  readonly node?: string;
}

/** Takes replicas away, and gives them back afterwards. */
export interface ScaleInAction {
  readonly kind: 'scale-in';
  /** 0 or more. @default - half of what there is, rounded up, and at least one less */
  readonly toReplicas?: number;
}

/** Deletes one pod. */
export interface DeletePodAction {
  readonly kind: 'delete-pod';
  /** @default - the one seen first */
  readonly pod?: string;
}

/** Runs a command of yours with `sh -c`; what it does is not undone. */
export interface CommandAction {
  readonly kind: 'command';
  readonly command: string;
}

/** What a drill does to a Deployment. */
export type DrillAction =
  | RollAction | RollBackAction | NeverReadyAction | TwoRollsAction | DrainNodeAction | ScaleInAction | DeletePodAction | CommandAction;

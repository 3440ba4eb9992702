import { podNamedIn } from './because-of';
import type { Outcome } from './outcome';
import type { PodLife } from './pod-lives';

const TOGETHER_MS = 100; // ours: what breaks in neighbouring tenths of a second broke for one reason

/** A loss, and whether the pod that its connection led to is a neighbour's. */
export type PlacedLoss = Outcome & { readonly guessed?: boolean };

/**
 * The losses among some outcomes, in their order. One that says nothing of its pod gets that of a neighbour which does: what breaks
 * together, in one way, led to the same.
 */
export function lossesWithPods(outcomes: readonly Outcome[], pods: readonly PodLife[]): PlacedLoss[] {
  const losses = outcomes.filter((outcome) => outcome.loss);
  const bySlot = new Map<string, Outcome>();
  for (const outcome of losses) {
    const slot = slotOf(outcome, 0);
    if (!bySlot.has(slot) && podNamedIn(outcome.answeredBy ?? outcome.connectedTo, pods)) bySlot.set(slot, outcome);
  }
  return losses.map((outcome) => {
    if (outcome.answeredBy ?? outcome.connectedTo) return outcome;
    const together = [0, -1, 1].flatMap((step) => bySlot.get(slotOf(outcome, step)) ?? [])[0];
    return together ? { ...outcome, connectedTo: together.answeredBy ?? together.connectedTo, guessed: true } : outcome;
  });
}

function slotOf({ loss, endedAtMs }: Outcome, step: number): string {
  return `${loss} ${Math.floor(endedAtMs / TOGETHER_MS) + step}`;
}

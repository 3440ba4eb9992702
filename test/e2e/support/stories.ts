/** What runs side by side, each story at most once, at most so many at a time. */
export class Stories {
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  public constructor(private readonly most: number) {}

  /** Starts a story as soon as there is room for it; what it fails with is told to whoever waits for it. */
  public tell<T>(story: () => Promise<T>): Promise<T> {
    const told = this.room().then(story).finally(() => {
      this.running--;
      this.waiting.shift()?.();
    });
    told.catch(() => {});
    return told;
  }

  private async room(): Promise<void> {
    while (this.running >= this.most) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.running++;
  }
}

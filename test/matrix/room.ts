import { setTimeout as sleep } from 'node:timers/promises';

/** Lets only so much go on side by side, in the order in which it came, and nothing begin sooner than a while after what came before. */
export class Room {
  private readonly waiting: (() => void)[] = [];
  private door = Promise.resolve();

  constructor(private places: number, private readonly apartMs: number) {}

  async run<T>(job: () => Promise<T>): Promise<T> {
    await this.enter();
    return job().finally(() => this.leave());
  }

  private async enter(): Promise<void> {
    if (this.places > 0) this.places -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    const open = this.door;
    this.door = open.then(() => sleep(this.apartMs));
    await open;
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.places += 1;
  }
}

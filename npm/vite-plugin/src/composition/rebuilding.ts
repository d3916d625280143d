import type { Follower, Following, Session } from './session.js'

interface Options extends Following {
  /** Has the bundler build again. */
  rebuild(): void
}

/** While a bundler watches: has it build again whenever there is another composition. */
export class Rebuilding {
  readonly #session: Session
  readonly #follower: Follower
  /** Whether a build waits for the composition, and needs no other to come after it. */
  #isAwaited = false

  constructor(session: Session, { rebuild, ...following }: Options) {
    this.#session = session
    session.subscribe(this, () => {
      if (!this.#isAwaited) rebuild()
    })
    this.#follower = session.follow(following)
  }

  /** Resolves once the composition is that of the disk with these files changed. For a build that is about to start. */
  async changed(files: Iterable<string>): Promise<void> {
    this.#isAwaited = true
    try {
      await this.#follower.changed([...files])
    } finally {
      this.#isAwaited = false
    }
  }

  close(): void {
    this.#session.unsubscribe(this)
    this.#follower.close()
  }
}

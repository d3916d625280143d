/** A value that cannot be stored: there is no room, or JSON cannot hold it. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
}

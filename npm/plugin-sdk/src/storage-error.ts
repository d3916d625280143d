/**
 * What a plugin's storage could not do: there is no room, JSON cannot hold the value, the driver has failed, or the
 * plugin was switched off.
 */
export class StorageError extends Error {
  override readonly name = 'StorageError'
}

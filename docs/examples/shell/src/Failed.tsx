import type { Failure } from '@framework-m/plugin-sdk'

/** What stands in the place of a part of a plugin that failed: an extension or a page. */
export function Failed({ plugin, part, error, retry }: Failure) {
  return (
    <div role="alert">
      {part} of {plugin} failed: {error instanceof Error ? error.message : String(error)}{' '}
      <button type="button" onClick={retry}>
        Try again
      </button>
    </div>
  )
}

/** The whole job once more, for rivals whose items are not plugins: that as many were found is all that can be compared. */
import { run } from './compose.mjs'

export { run }

export const answer = ({ composed }) => ({
  items: composed.composition.plugins.filter(({ status }) => status === 'included').length,
})

/** What is said of a list of numbers. */

/** The value below which this share of the numbers lies; between two of them it is interpolated (type 7, as in R and NumPy). */
export function quantile(numbers, share) {
  if (numbers.length === 0) throw new RangeError('no numbers')
  const sorted = [...numbers].sort((a, b) => a - b)
  const position = (sorted.length - 1) * share
  const below = Math.floor(position)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below)
}

export const median = (numbers) => quantile(numbers, 0.5)

/** The median, the distance between the quartiles, and how many numbers there were. */
export function summary(numbers) {
  return {
    median: median(numbers),
    iqr: quantile(numbers, 0.75) - quantile(numbers, 0.25),
    samples: numbers.length,
  }
}

/** The list as it starts in another round: each method comes first, last and everywhere between equally often. */
export function rotated(list, round) {
  const start = list.length === 0 ? 0 : round % list.length
  return [...list.slice(start), ...list.slice(0, start)]
}

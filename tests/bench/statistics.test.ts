import { expect, test } from 'vitest'
import { median, quantile, rotated, summary } from '../../bench/statistics.mjs'

test('a median is the middle, or the mean of the two in the middle', () => {
  expect(median([5])).toBe(5)
  expect(median([9, 1, 5])).toBe(5)
  expect(median([10, 2, 1, 9])).toBe(5.5)
})

test('numbers are sorted as numbers, and the list stays as it was', () => {
  const numbers = [100, 9, 20]
  expect(median(numbers)).toBe(20)
  expect(numbers).toEqual([100, 9, 20])
})

test('quantiles are those of type 7', () => {
  // R: quantile(c(1, 2, 4, 8, 16, 32), c(0.25, 0.75), type = 7)
  expect(quantile([1, 2, 4, 8, 16, 32], 0.25)).toBe(2.5)
  expect(quantile([1, 2, 4, 8, 16, 32], 0.75)).toBe(14)
  expect(quantile([3, 1, 2], 0)).toBe(1)
  expect(quantile([3, 1, 2], 1)).toBe(3)
})

test('a summary has the median, the distance of the quartiles, and the count', () => {
  expect(summary([32, 1, 2, 16, 4, 8])).toEqual({ median: 6, iqr: 11.5, samples: 6 })
})

test('nothing has no median', () => {
  expect(() => median([])).toThrow(RangeError)
})

test('in as many rounds as there are methods each has every place once', () => {
  const methods = ['a', 'b', 'c', 'd']
  const rounds = methods.map((_, round) => rotated(methods, round) as string[])
  for (const [place] of methods.entries())
    expect(new Set(rounds.map((round) => round[place])).size).toBe(methods.length)
  for (const round of rounds) expect([...round].sort()).toEqual(methods)
  expect(rotated(methods, 4)).toEqual(methods)
  expect(rotated([], 3)).toEqual([])
})

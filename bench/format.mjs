/** Figures as people read them. */

/** Three significant digits, and no more than three behind the point. */
export function number(value) {
  if (!Number.isFinite(value)) return '–'
  if (value >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString('en-US')
  if (value >= 10) return value.toFixed(1)
  return value.toFixed(value < 0.1 ? 3 : 2)
}

export const ratio = (value) => `${number(value)} ×`
export const percent = (value) => `${number(value * 100)} %`
export const megabytes = (bytes) => `${number(bytes / 1e6)} MB`
export const count = (value) => Math.round(value).toLocaleString('en-US')

/** The spread in percent of the median. */
export const spread = ({ median, iqr }) => (median > 0 ? `${Math.round((100 * iqr) / median)} %` : '–')

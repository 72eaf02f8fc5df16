// Sums that more than one file needs.

export const meanOf = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

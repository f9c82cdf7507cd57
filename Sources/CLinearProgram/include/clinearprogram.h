#ifndef CLINEARPROGRAM_H
#define CLINEARPROGRAM_H

#include <stddef.h>

// What Varde asks of GLPK, the GNU Linear Programming Kit. Safe to call from several threads:
// GLPK keeps its environment in thread-local storage.

enum {
  CLP_OK = 0,
  /// No values satisfy the equations within their bounds.
  CLP_INFEASIBLE = 1,
  /// GLPK gave up, or was asked for something it refuses.
  CLP_FAILED = 2
};

/// The smallest and the largest value that each of some variables can take, among all values of
/// all variables that satisfy linear equations within bounds.
///
/// The equations have `rows` rows over `columns` variables and `entries` coefficients that are
/// not zero: entry_value[i] stands in row entry_row[i], column entry_column[i], both from 0.
/// Row r sums to sums[r]. A lower bound is finite; an upper bound may be INFINITY. The `asked`
/// variables variable[i] get minimum[i] and maximum[i], which is INFINITY where there is none.
int clp_ranges(
    size_t rows, size_t columns, size_t entries, const int *entry_row, const int *entry_column,
    const double *entry_value, const double *sums, const double *lower, const double *upper,
    size_t asked, const int *variable, double *minimum, double *maximum);

#endif

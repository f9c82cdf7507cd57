#include "clinearprogram.h"

#include <glpk.h>
#include <math.h>
#include <setjmp.h>
#include <stdlib.h>

// GLPK ends the process after its error hook returns, so the hook does not return.
static void escape(void *place) { longjmp(*(jmp_buf *)place, 1); }

// Takes every line GLPK would print, errors too.
static int silence(void *nothing, const char *line) {
  (void)nothing;
  (void)line;
  return 1;
}

static glp_prob *program(
    size_t rows, size_t columns, size_t entries, const int *entry_row, const int *entry_column,
    const double *entry_value, const double *sums, const double *lower, const double *upper) {
  glp_prob *program = glp_create_prob();
  if (rows) glp_add_rows(program, (int)rows);
  if (columns) glp_add_cols(program, (int)columns);
  for (size_t r = 0; r < rows; r++) {
    glp_set_row_bnds(program, (int)r + 1, GLP_FX, sums[r], sums[r]);
  }
  for (size_t c = 0; c < columns; c++) {
    int kind = isinf(upper[c]) ? GLP_LO : lower[c] == upper[c] ? GLP_FX : GLP_DB;
    glp_set_col_bnds(program, (int)c + 1, kind, lower[c], upper[c]);
  }
  // GLPK counts from 1 in these too.
  int *row = glp_alloc((int)entries + 1, sizeof(int));
  int *column = glp_alloc((int)entries + 1, sizeof(int));
  double *value = glp_alloc((int)entries + 1, sizeof(double));
  for (size_t i = 0; i < entries; i++) {
    row[i + 1] = entry_row[i] + 1;
    column[i + 1] = entry_column[i] + 1;
    value[i + 1] = entry_value[i];
  }
  glp_load_matrix(program, (int)entries, row, column, value);
  glp_free(row);
  glp_free(column);
  glp_free(value);
  return program;
}

/// The best value of variable `column` in `direction`; starts from the basis of the last call.
static int extreme(glp_prob *program, int column, int direction, double *best) {
  glp_smcp options;
  glp_init_smcp(&options);
  options.msg_lev = GLP_MSG_OFF;
  glp_set_obj_dir(program, direction);
  glp_set_obj_coef(program, column, 1);
  int code = glp_simplex(program, &options);
  int status = glp_get_status(program);
  *best = glp_get_col_prim(program, column);
  glp_set_obj_coef(program, column, 0);
  if (code) return CLP_FAILED;
  if (status == GLP_OPT) return CLP_OK;
  if (status == GLP_NOFEAS) return CLP_INFEASIBLE;
  if (status != GLP_UNBND) return CLP_FAILED;
  *best = direction == GLP_MAX ? INFINITY : -INFINITY;
  return CLP_OK;
}

int clp_ranges(
    size_t rows, size_t columns, size_t entries, const int *entry_row, const int *entry_column,
    const double *entry_value, const double *sums, const double *lower, const double *upper,
    size_t asked, const int *variable, double *minimum, double *maximum) {
  // 1: somebody else already uses GLPK in this thread, whose environment must then survive.
  const int environment = glp_init_env();
  if (environment > 1) return CLP_FAILED;
  jmp_buf place;
  if (setjmp(place)) {
    glp_free_env();  // frees the program too; after an error nothing else may be called
    return CLP_FAILED;
  }
  glp_error_hook(escape, &place);
  glp_term_hook(silence, NULL);
  glp_prob *lp = program(
      rows, columns, entries, entry_row, entry_column, entry_value, sums, lower, upper);
  int code = CLP_OK;
  for (size_t i = 0; i < asked && code == CLP_OK; i++) {
    code = extreme(lp, variable[i] + 1, GLP_MIN, &minimum[i]);
    if (code == CLP_OK) code = extreme(lp, variable[i] + 1, GLP_MAX, &maximum[i]);
  }
  glp_delete_prob(lp);
  glp_term_hook(NULL, NULL);
  glp_error_hook(NULL, NULL);
  if (environment == 0) glp_free_env();
  return code;
}

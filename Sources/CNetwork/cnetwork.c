#include "cnetwork.h"

#include <igraph.h>
#include <pthread.h>

// Debian's igraph is built with IGRAPH_THREAD_SAFE 0: the error handler and the list of objects
// to free after an error are process-wide.
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static igraph_error_handler_t *before;

// The default handler ends the process; this one lets the error code through.
static void enter(void) {
  pthread_mutex_lock(&gate);
  before = igraph_set_error_handler(igraph_error_handler_ignore);
}

static int leave(int code) {
  igraph_set_error_handler(before);
  pthread_mutex_unlock(&gate);
  return code;
}

static int make_graph(igraph_t *graph, size_t nodes, size_t edges, const int32_t *ends) {
  igraph_vector_int_t list;
  int code = igraph_vector_int_init(&list, (igraph_integer_t)(2 * edges));
  if (code) return code;
  for (size_t i = 0; i < 2 * edges; i++) VECTOR(list)[i] = ends[i];
  code = igraph_create(graph, &list, (igraph_integer_t)nodes, IGRAPH_UNDIRECTED);
  igraph_vector_int_destroy(&list);
  if (code) return code;
  // igraph_create adds the nodes that an edge names; here that is a mistake of the caller.
  if (igraph_vcount(graph) != (igraph_integer_t)nodes) {
    igraph_destroy(graph);
    return IGRAPH_EINVVID;
  }
  return 0;
}

int cnetwork_parts(
    size_t nodes, size_t edges, const int32_t *ends, int32_t *component, int32_t *core) {
  enter();
  igraph_t graph;
  int code = make_graph(&graph, nodes, edges, ends);
  if (code) return leave(code);
  igraph_vector_int_t result;
  code = igraph_vector_int_init(&result, 0);
  if (!code) {
    code = igraph_connected_components(&graph, &result, NULL, NULL, IGRAPH_WEAK);
    for (size_t i = 0; !code && i < nodes; i++) component[i] = (int32_t)VECTOR(result)[i];
    if (!code) code = igraph_coreness(&graph, &result, IGRAPH_ALL);
    for (size_t i = 0; !code && i < nodes; i++) core[i] = (int32_t)VECTOR(result)[i];
    igraph_vector_int_destroy(&result);
  }
  igraph_destroy(&graph);
  return leave(code);
}

int cnetwork_reference(
    size_t nodes, size_t edges, const int32_t *ends, const double *weights,
    double *betweenness, double *constraint, double *transitivity) {
  enter();
  igraph_t graph;
  int code = make_graph(&graph, nodes, edges, ends);
  if (code) return leave(code);
  igraph_vector_t result, weight;
  code = igraph_vector_init(&result, 0);
  if (!code) {
    code = igraph_vector_init_array(&weight, weights, (igraph_integer_t)edges);
    if (!code) {
      code = igraph_betweenness(&graph, &result, igraph_vss_all(), IGRAPH_UNDIRECTED, NULL);
      for (size_t i = 0; !code && i < nodes; i++) betweenness[i] = VECTOR(result)[i];
      if (!code) code = igraph_constraint(&graph, &result, igraph_vss_all(), &weight);
      for (size_t i = 0; !code && i < nodes; i++) constraint[i] = VECTOR(result)[i];
      if (!code) {
        code = igraph_transitivity_undirected(&graph, transitivity, IGRAPH_TRANSITIVITY_ZERO);
      }
      igraph_vector_destroy(&weight);
    }
    igraph_vector_destroy(&result);
  }
  igraph_destroy(&graph);
  return leave(code);
}

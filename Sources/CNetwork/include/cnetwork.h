#ifndef CNETWORK_H
#define CNETWORK_H

#include <stddef.h>
#include <stdint.h>

// What Varde asks of igraph, without igraph's header: that one sets _GNU_SOURCE and cannot be
// imported into Swift beside other C modules.
//
// A network is undirected and simple: `nodes` nodes numbered from 0, `edges` edges, edge e
// between ends[2e] and ends[2e + 1]. Every function returns 0, or igraph's error code, and then
// the results are undefined. Calls from several threads are let in one after the other, because
// igraph as Debian builds it keeps its error state in globals.

/// For each node the number of its component, from 0 up in no particular order, and its k-core:
/// the largest k such that it belongs to a part in which everyone has k neighbours.
int cnetwork_parts(
    size_t nodes, size_t edges, const int32_t *ends, int32_t *component, int32_t *core);

/// igraph's own betweenness (raw counts of unordered pairs), Burt's constraint under `weights`
/// (NaN for isolates) and transitivity (0 where no two edges meet). Slower than Varde's, which
/// the tests hold against these.
int cnetwork_reference(
    size_t nodes, size_t edges, const int32_t *ends, const double *weights,
    double *betweenness, double *constraint, double *transitivity);

#endif

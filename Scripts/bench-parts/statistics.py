"""The data of the statistics part, and how fast others compute the same from it.

usage: statistics.py generate FOLDER ROWS
       statistics.py JOB FILE LIBRARY

Prints the seconds of the computation alone, best of 3, and the numbers it came to. Leaves with 3,
and says why, when the library is not there.
"""

import sys
import time

# Python has a module of this name, which others import.
sys.path.pop(0)


def generate(folder, rows):
    """ROWS in the large files, a tenth in the others, with a fixed seed."""
    import numpy as np

    few = rows // 10
    random = np.random.default_rng(20260101)

    def write(name, *columns, missing=0.0):
        columns = [np.asarray(column, dtype=float) for column in columns]
        gone = random.random((len(columns), len(columns[0]))) < missing
        texts = []
        for column, lacks in zip(columns, gone):
            whole = (column == np.floor(column)).all()
            text = (str(int(x)) for x in column) if whole else (repr(float(x)) for x in column)
            texts.append(["" if lack else t for t, lack in zip(text, lacks)])
        with open(f"{folder}/{name}.csv", "w") as file:
            file.writelines(",".join(row) + "\n" for row in zip(*texts))

    def grid(values):
        # So that others, who do not round differences, find the same ties.
        return np.round(values * 2**20) / 2**20

    write("hours", np.round(random.gamma(1.2, 20, 5000) * 4) / 4)
    write("money", random.gamma(1.2, 20, 5000))
    level = random.normal(0, 1, rows)
    before, after = level + random.normal(0, 1, (2, rows))
    write("pairs", grid(before), grid(after + 0.002))
    write("scores", *np.clip(np.round(4 + np.stack([before, after + 0.002])), 1, 7))
    write("pairs-few", grid(before[:few]), grid(after[:few] + 0.01))
    write("scores-few", *np.clip(np.round(4 + np.stack([before[:few], after[:few]])), 1, 7))
    truth = random.integers(1, 6, rows)
    coders = [np.where(random.random(rows) < 0.7, truth, random.integers(1, 6, rows)) for _ in "abc"]
    write("coders", *coders, missing=0.1)
    trait = random.normal(0, 1, few)
    items = [np.clip(np.round(4 + trait + random.normal(0, 1.2, few)), 1, 7) for _ in range(10)]
    write("items", *items)
    group = np.arange(few) % (few // 10)
    write("groups", group, random.normal(0, 1, few // 10)[group] + random.normal(0, 2, few))
    days = 1 + random.exponential(900, rows)
    end = random.uniform(1, 1500, rows)
    arm = random.integers(0, 3, rows)
    left, event = np.minimum(days * (1 + 0.002 * arm), end), days <= end
    write("days", np.floor(left), event, arm)
    write("times", left, event, arm)
    person, wave = np.divmod(np.arange(40_000), 4)
    value = 20 + random.normal(0, 3, 10_000)[person] + 0.4 * wave + random.normal(0, 2, 40_000)
    kept = random.random(40_000) < 0.9
    write("waves", person[kept], wave[kept], value[kept])
    # 5,000 people in units of 50; six a session, one in seven of them from anywhere.
    session = np.repeat(np.arange(20_000), 6)
    own = random.integers(0, 100, 20_000)[session] * 50 + random.integers(0, 50, session.size)
    anywhere = random.integers(0, 5000, session.size)
    anywhere[-1] = 4999
    present = np.where(random.random(session.size) < 1 / 7, anywhere, own)
    present[-1] = 4999
    write("attendance", session, present)


def gini(values, axis=-1):
    import numpy as np

    ascending = np.sort(values, axis=axis)
    n = ascending.shape[-1]
    return (ascending * np.arange(1 - n, n, 2)).sum(axis=-1) / (n * ascending.sum(axis=-1))


def bootstrap(statistic):
    def prepare(columns):
        import numpy as np
        from scipy import stats

        def run():
            stats.bootstrap(
                (columns[0],), statistic, n_resamples=2000, method="BCa", batch=100,
                random_state=np.random.default_rng(1),
            )
            return [statistic(columns[0], axis=-1)]

        return run

    return prepare


def mean_bootstrap(columns):
    import numpy as np

    return bootstrap(np.mean)(columns)


def mean(columns):
    import numpy as np
    from scipy import stats

    def run():
        center, error = np.mean(columns[0]), stats.sem(columns[0])
        return [center, *stats.t.interval(0.95, len(columns[0]) - 1, loc=center, scale=error)]

    return run


def quantiles(columns):
    import numpy as np

    return lambda: list(np.quantile(columns[0], [0.1, 0.25, 0.5, 0.75, 0.9]))


def wilcoxon(columns):
    from scipy import stats

    return lambda: [
        stats.wilcoxon(columns[1], columns[0], correction=False, method="approx").pvalue
    ]


def paired_change(columns):
    from scipy import stats

    return lambda: list(stats.ttest_rel(columns[1], columns[0]))[:2]


def paired_change_all(columns):
    """What PairedChange answers, except for effect sizes, which cost nothing more."""
    import numpy as np
    from scipy import stats

    def run():
        first, second = columns
        test = stats.ttest_rel(second, first)
        for values in (first, second, second - first):
            stats.t.interval(0.95, len(values) - 1, loc=np.mean(values), scale=stats.sem(values))
        stats.pearsonr(first, second)
        np.sign(second - first).sum()
        stats.mannwhitneyu(second, first, method="asymptotic")
        return [test.statistic, test.pvalue]

    return run


def rank_correlation(columns):
    from scipy import stats

    def run():
        stats.pearsonr(*columns)
        return [stats.spearmanr(*columns)[0], stats.kendalltau(*columns, method="asymptotic")[0]]

    return run


def mann_whitney(columns):
    from scipy import stats

    return lambda: list(
        stats.mannwhitneyu(*columns, use_continuity=False, method="asymptotic")
    )


def two_groups(columns):
    """Without the interval of Cliff's delta, which is not there."""
    from scipy import stats

    def run():
        u = stats.mannwhitneyu(*columns, use_continuity=False, method="asymptotic").statistic
        welch = stats.ttest_ind(*columns, equal_var=False)
        welch.confidence_interval()
        return [2 * u / (len(columns[0]) * len(columns[1])) - 1, welch.pvalue]

    return run


def krippendorff_alpha(columns):
    import krippendorff
    import numpy as np

    data = np.array(columns)
    return lambda: [krippendorff.alpha(data, level_of_measurement="ordinal")]


def cronbach(columns):
    import pandas
    import pingouin

    items = pandas.DataFrame(dict(enumerate(columns)))

    def run():
        alpha, limits = pingouin.cronbach_alpha(items)
        return [alpha, None, None]

    return run


def icc(columns):
    """One-way from SciPy's F; the groups are of one size."""
    import numpy as np
    from scipy import stats

    def run():
        order = np.argsort(columns[0], kind="stable")
        starts = np.flatnonzero(np.diff(columns[0][order])) + 1
        groups = np.split(columns[1][order], starts)
        f = stats.f_oneway(*groups).statistic
        return [(f - 1) / (f + len(groups[0]) - 1), f]

    return run


def mixed_model(columns):
    import numpy as np
    from statsmodels.regression.mixed_linear_model import MixedLM

    person, wave, value = columns

    def run():
        design = np.column_stack([np.ones_like(wave), wave])
        fit = MixedLM(value, design, groups=person.astype(int)).fit(reml=True)
        return [fit.fe_params[1], np.sqrt(fit.cov_re[0, 0]), np.sqrt(fit.scale)]

    return run


def kaplan_meier(columns):
    from lifelines import KaplanMeierFitter

    def run():
        fit = KaplanMeierFitter().fit(columns[0], columns[1])
        return [fit.percentile(0.75), fit.median_survival_time_]

    return run


def log_rank(columns):
    from lifelines.statistics import multivariate_logrank_test

    def run():
        return [multivariate_logrank_test(columns[0], columns[2], columns[1]).test_statistic]

    return run


def ties(columns):
    """The graph and its Newman weights by a sparse product."""
    import igraph
    import numpy as np
    from scipy import sparse

    session, person = (column.astype(int) for column in columns)
    shape = (session.max() + 1, person.max() + 1)
    attended = sparse.csr_matrix((np.ones(session.size), (session, person)), shape=shape)
    attended.data[:] = 1
    sizes = np.asarray(attended.sum(axis=1)).ravel()
    share = np.divide(1, sizes - 1, out=np.zeros_like(sizes), where=sizes > 1)
    weights = sparse.triu(attended.T @ sparse.diags(share) @ attended, k=1).tocoo()
    weights.eliminate_zeros()
    graph = igraph.Graph(n=shape[1], edges=np.column_stack([weights.row, weights.col]))
    graph.es["newman"] = weights.data
    return graph


def describe(graph):
    """As CoAttendanceNetwork does."""
    graph.connected_components().sizes()
    graph.coreness()
    graph.degree()
    graph.strength(weights="newman")
    graph.density()
    unit = [node // 50 for node in range(graph.vcount())]
    sum(unit[a] != unit[b] for a, b in graph.get_edgelist())
    graph.transitivity_local_undirected()
    return [graph.ecount(), graph.transitivity_undirected()]


def network(columns):
    import igraph  # noqa: F401  (that it is there)

    return lambda: describe(ties(columns))


def network_brokerage(columns):
    import igraph  # noqa: F401
    import numpy as np

    def run():
        graph = ties(columns)
        describe(graph)
        others = graph.vcount() - 1
        between = np.mean(graph.betweenness()) / (others * (others - 1) / 2)
        return [between, np.nanmean(graph.constraint(weights="newman"))]

    return run


JOBS = {
    "bootstrap-mean": mean_bootstrap,
    "bootstrap-gini": bootstrap(gini),
    "mean": mean,
    "quantiles": quantiles,
    "wilcoxon": wilcoxon,
    "paired-change": {"scipy": paired_change, "scipy-all": paired_change_all},
    "rank-correlation": rank_correlation,
    "mann-whitney": mann_whitney,
    "two-groups": two_groups,
    "krippendorff": krippendorff_alpha,
    "cronbach": cronbach,
    "icc": icc,
    "mixed-model": mixed_model,
    "kaplan-meier": kaplan_meier,
    "log-rank": log_rank,
    "network": network,
    "network-brokerage": network_brokerage,
}


def main():
    if sys.argv[1] == "generate":
        generate(sys.argv[2], int(sys.argv[3]))
        return
    job, path, library = sys.argv[1:]
    try:
        import pandas

        prepare = JOBS[job]
        if isinstance(prepare, dict):
            prepare = prepare[library]
        table = pandas.read_csv(path, header=None, dtype=float)
        columns = [table[column].to_numpy() for column in table]
        del table
        run = prepare(columns)
        best = float("inf")
        start = time.perf_counter()
        for _ in range(3):
            before = time.perf_counter()
            numbers = run()
            best = min(best, time.perf_counter() - before)
            # Once is enough of what takes long.
            if time.perf_counter() - start > 10:
                break
    except ImportError as error:
        print(error, file=sys.stderr)
        sys.exit(3)
    print(f"{best:.9f}", *("nan" if n is None else repr(float(n)) for n in numbers))


if __name__ == "__main__":
    main()

# How fast R computes the jobs of the statistics part.
# usage: Rscript statistics.R JOB FILE
# Prints the seconds of the computation alone, best of 3, and the numbers it came to. Leaves with 3,
# and says why, when a package is not there.
arguments <- commandArgs(trailingOnly = TRUE)
width <- length(strsplit(readLines(arguments[2], n = 1), ",")[[1]])
columns <- scan(arguments[2], what = rep(list(0), width), sep = ",", quiet = TRUE)

needs <- function(package) {
  if (!requireNamespace(package, quietly = TRUE)) {
    message("no R package '", package, "'")
    quit(status = 3)
  }
}

boot_of <- function(statistic) {
  needs("boot")
  function() {
    set.seed(1)
    boot::boot(columns[[1]], function(x, rows) statistic(x[rows]), R = 2000)$t0
  }
}

gini <- function(x) {
  x <- sort(x)
  n <- length(x)
  sum((2 * seq_len(n) - n - 1) * x) / (n * sum(x))
}

run <- switch(arguments[1],
  "bootstrap-mean" = boot_of(mean),
  "bootstrap-gini" = boot_of(gini),
  "mean" = function() {
    test <- t.test(columns[[1]])
    c(test$estimate, test$conf.int)
  },
  "quantiles" = function() quantile(columns[[1]], c(0.1, 0.25, 0.5, 0.75, 0.9)),
  "wilcoxon" = function() {
    wilcox.test(columns[[2]], columns[[1]], paired = TRUE, exact = FALSE, correct = FALSE)$p.value
  },
  "paired-change" = function() {
    test <- t.test(columns[[2]], columns[[1]], paired = TRUE)
    c(test$statistic, test$p.value)
  },
  "rank-correlation" = function() {
    # Kendall's takes a time that grows with the square, and is left out.
    c(cor.test(columns[[1]], columns[[2]], method = "spearman", exact = FALSE)$estimate, NA)
  },
  "mann-whitney" = function() {
    test <- wilcox.test(columns[[1]], columns[[2]], exact = FALSE, correct = FALSE)
    c(test$statistic, test$p.value)
  },
  "mixed-model" = {
    needs("lme4")
    names(columns) <- c("person", "time", "value")
    function() {
      fit <- lme4::lmer(value ~ time + (1 | person), data = as.data.frame(columns))
      c(lme4::fixef(fit)[2], as.data.frame(lme4::VarCorr(fit))$sdcor)
    }
  },
  "kaplan-meier" = {
    needs("survival")
    function() {
      fit <- survival::survfit(
        survival::Surv(columns[[1]], columns[[2]]) ~ 1, conf.type = "log-log")
      quantile(fit, c(0.25, 0.5))$quantile
    }
  },
  "log-rank" = {
    needs("survival")
    function() {
      survival::survdiff(survival::Surv(columns[[1]], columns[[2]]) ~ columns[[3]])$chisq
    }
  }
)

best <- Inf
start <- Sys.time()
for (turn in 1:3) {
  before <- Sys.time()
  numbers <- run()
  best <- min(best, as.numeric(difftime(Sys.time(), before, units = "secs")))
  # Once is enough of what takes long.
  if (as.numeric(difftime(Sys.time(), start, units = "secs")) > 10) break
}
numbers <- ifelse(is.na(numbers), "nan", format(numbers, digits = 15, trim = TRUE))
cat(sprintf("%.9f", best), numbers, "\n")

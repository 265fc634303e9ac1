/**
 * From the results of k replicas to the parameters of the next round: pure functions on slices of the parameters.
 *
 * <p>Public types: {@link kindling.model.average.Strategy}, and {@link kindling.model.average.Wire}, how results
 * travel; {@code float[]} slices flow in and out. Each replica's
 * values are added in replica order, in float64, and rounded once: the same bits for any arrival order, any partitioning
 * and any slicing.
 *
 * <p>Sources: McMahan et al. 2017 (averaging), Douillard et al. 2023 (DiLoCo), Wang et al. 2020 (SlowMo), Seide et al. 2014 (error feedback).
 *
 * <p>To add another strategy: one record that implements {@code Strategy}, one entry in {@code Strategy.ALL}, and its golden
 * rounds in the test of the laws.
 */
package kindling.model.average;

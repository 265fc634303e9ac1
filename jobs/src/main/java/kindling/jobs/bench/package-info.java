/**
 * Benchmarks that users can run: {@code kindling bench NAME} prints one {@code name value unit} a line, the machine's own
 * limit beside what Kindling reaches.
 *
 * <p>Public types: {@link kindling.jobs.bench.BenchJob}, the command, and {@link kindling.jobs.bench.Bench}, what its
 * sub-commands do.
 *
 * <p>To add another benchmark, write one {@code Bench} and add it to the list on {@code BenchJob}.
 */
package kindling.jobs.bench;

/**
 * Data-parallel training: {@link kindling.jobs.train.Training} runs rounds on the driver, {@code Round} is one replica's share of
 * a round on an executor, {@code Exchange} makes the next parameters of what the replicas contribute, {@link kindling.jobs.train.States} makes them
 * durable, {@link kindling.jobs.train.Evaluations} judges them, {@link kindling.jobs.train.Plan} is all that driver and executors must agree on. Data is what
 * {@link kindling.jobs.examples} holds. {@link kindling.jobs.train.MetricsPlugin} shows the last round to
 * monitoring, {@code Energy} says what a task took.
 *
 * <p>To add a way of averaging: see {@link kindling.model.average.Strategy}.
 */
package kindling.jobs.train;

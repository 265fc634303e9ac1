/**
 * Training one replica: {@link kindling.model.train.Learner} makes steps with {@link kindling.model.train.AdamW} at the
 * rates of a {@link kindling.model.train.Schedule}, from {@link kindling.model.train.Weights}, and says of each what
 * became of it ({@link kindling.model.train.Step}).
 *
 * <p>Flow: a batch of ids goes forward through the layers, becomes a loss and its gradient in {@code CrossEntropy},
 * goes back through the layers, and {@code Optimiser} moves the parameters.
 *
 * <p>To add another optimiser, write its step beside {@code Optimiser} on the same flat blocks; to add another
 * schedule, give {@link kindling.model.train.Learner#step} its rates.
 */
package kindling.model.train;
